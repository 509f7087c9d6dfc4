#!/usr/bin/env bash
# What the binaries are made of, as an SPDX document. To be sourced.
# shellcheck disable=SC2154 # scripts/release sets $version, $commit, $folder and $work

# members ARCH LIBRARY: those of libc.a or libgcc.a that the linker took.
members() {
  sed -n '/^Archive member included/,/^Discarded input/p' "build/$(preset_of "$1")/foster.map" |
    sed -nE "s|^/.*/$2\((.*)\)\$|\1|p" | sort -u
}

# musl_version ARCH: of the package that libc.a is from.
musl_version() {
  cat "build/musl-$1/version" 2>/dev/null || dpkg-query --show --showformat '${Version}' musl-dev
}

# expect_one_musl ARCH...
expect_one_musl() {
  local arch versions
  versions=$(for arch in "$@"; do say "$arch: $(musl_version "$arch")"; done)
  (($(awk '{ print $2 }' <<<"$versions" | sort -u | wc -l) == 1)) ||
    fail "a release has one musl for all; here are: ${versions//$'\n'/, } (build/musl-ARCH holds what was fetched)"
}

# binary ARCH: what is to be told of one.
binary() {
  local file=$folder/foster-$version-linux-$1 build sha1 sha256 musl libgcc
  build=build/$(preset_of "$1")
  sha1=$(sha1sum <"$file")
  sha256=$(sha256sum <"$file")
  musl=$(musl_version "$1")
  libgcc=$(members "$1" libgcc.a)
  jq --null-input --arg name "${file##*/}" --arg sha1 "${sha1%% *}" --arg sha256 "${sha256%% *}" --arg musl "$musl" \
    --rawfile gcc "$build/compiler-version" --arg libgcc "${libgcc//$'\n'/ }" '$ARGS.named'
}

# list_components ARCH...
list_components() {
  local arch created
  created=$(date --utc --date "@$SOURCE_DATE_EPOCH" +%Y-%m-%dT%H:%M:%SZ)
  for arch in "$@"; do binary "$arch"; done |
    jq --slurp --arg version "$version" --arg commit "$commit" --arg created "$created" \
      --from-file scripts/release.d/spdx.jq
}

#!/usr/bin/env bash
# The image of a release. To be sourced.
# shellcheck disable=SC2154 # test-release sets $folder, $version, $host and $work

# blob DIGEST: its file.
blob() { say "$work/layout/blobs/${1/://}"; }

# index_file: of the platforms, which index.json names by the image's name.
index_file() {
  blob "$(jq -r --arg name "foster:$version" '.manifests[] |
    select(.annotations["org.opencontainers.image.ref.name"] == $name) | .digest' "$work/layout/index.json")"
}

# has_platforms ARCH...: those, and each blob is what its name says.
has_platforms() {
  local arch blob
  mkdir "$work/layout"
  tar --extract --no-same-owner --file "$folder/foster-$version-oci.tar" --directory "$work/layout"
  expect "platforms" "$(for arch in "$@"; do platform_of "$arch"; done)" "$(jq -r \
    '.manifests[].platform | [.os, .architecture, .variant // empty] | join("/")' "$(index_file)")"
  for blob in "$work"/layout/blobs/sha256/*; do
    expect "sum of a blob" "${blob##*/}" "$(sha256sum <"$blob" | awk '{ print $1 }')"
  done
}

# holds_binary ARCH: alone in the image, which starts it; and the labels tell what it is.
holds_binary() {
  local digest manifest config layer
  digest=$(jq -r --arg platform "$(platform_of "$1")" '.manifests[] |
    select(.platform | [.os, .architecture, .variant // empty] | join("/") == $platform) | .digest' "$(index_file)")
  manifest=$(blob "$digest")
  config=$(blob "$(jq -r .config.digest "$manifest")")
  layer=$(blob "$(jq -r .layers[0].digest "$manifest")")
  expect "layers" 1 "$(jq '.layers | length' "$manifest")"
  expect "files" "-rwxr-xr-x 0/0 foster" \
    "$(tar --list --verbose --numeric-owner --file "$layer" | awk '{ print $1, $2, $NF }')"
  tar --extract --to-stdout --file "$layer" foster | cmp - "$(file_of "$1")"
  expect "entry point" '["/foster"]' "$(jq --compact-output .config.Entrypoint "$config")"
  expect "labels" "foster $version $(git rev-parse HEAD) MIT" "$(jq -r '.config.Labels |
    [.["org.opencontainers.image." + ("title", "version", "revision", "licenses")]] | join(" ")' "$config")"
}

# can_unshare: Podman gets namespaces of its own, which take all that it leaves along.
can_unshare() { ((EUID == 0)) && unshare --mount --net --pid --fork --mount-proc true 2>"$work/error"; }

runs_under_podman() {
  mkdir "$work/podman"
  unshare --mount --net --pid --fork --mount-proc \
    tests/packaging/run-image "$folder/foster-$version-oci.tar" "foster:$version" "$work/podman"
}

# check_image ARCH...
check_image() {
  local arch
  check "image: an index of each platform" has_platforms "$@"
  for arch in "$@"; do check "image: $arch" holds_binary "$arch"; done
  if can_unshare; then
    need_tools podman crun
    check "image: Podman loads and runs it" runs_under_podman
  else
    say "skipped: the image under Podman: it wants root and namespaces of its own"
  fi
}

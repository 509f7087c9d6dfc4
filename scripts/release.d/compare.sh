#!/usr/bin/env bash
# Are two releases of the same commit the same, byte for byte? To be sourced.
# shellcheck disable=SC2154 # scripts/release sets $version and $work

# copy_checkout FOLDER: with its changes, and without what was built.
copy_checkout() {
  quietly git clone --quiet --no-checkout . "$1"
  git ls-files -z --cached --others --exclude-standard | tar --create --null --files-from=- |
    tar --extract --directory "$1"
}

# release_in FOLDER MASK VARIABLE... -- ARCH...: in a copy of this checkout; its sums go to FOLDER.sums.
release_in() {
  local copy=$1 mask=$2
  local -a variables=()
  shift 2
  while [[ $1 != -- ]]; do
    variables+=("$1")
    shift
  done
  shift
  (
    umask "$mask"
    copy_checkout "$copy"
    quietly env "${variables[@]}" "$copy/scripts/release" "$@"
  ) || fail "the release in $copy failed"
  cp "$copy/build/foster-$version/SHA256SUMS" "$copy.sums"
}

# compare_releases ARCH...
compare_releases() {
  local one=$work/one other=$work/elsewhere/by-another-name
  release_in "$one" 022 LC_ALL=C TZ=UTC -- "$@"
  release_in "$other" 077 LC_ALL=C.UTF-8 TZ=Pacific/Auckland -- "$@"
  diff "$one.sums" "$other.sums" >&2 || fail "these files differ between two releases"
  say "the same twice, byte for byte: $(wc -l <"$one.sums") files"
}

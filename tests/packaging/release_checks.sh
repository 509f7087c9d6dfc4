#!/usr/bin/env bash
# Is a release whole, and told of truly? To be sourced.
# shellcheck disable=SC2154 # test-release sets $folder and $version

# file_of ARCH: its static binary.
file_of() { say "$folder/foster-$version-linux-$1"; }

# sums PATTERN: of SHA256SUMS, those of the files whose names match it as a whole.
sums() { grep -xE "[0-9a-f]{64}  $1" "$folder/SHA256SUMS"; }

has_right_sums() {
  (cd "$folder" && sha256sum --check --strict --quiet SHA256SUMS)
  expect "files with a sum" "$(find "$folder" -type f ! -name SHA256SUMS -printf '%f\n' | LC_ALL=C sort)" \
    "$(awk '{ print $2 }' "$folder/SHA256SUMS" | LC_ALL=C sort)"
}

# has_files ARCH...: three packages, a binary and its debug information for each; an image, a list and the sums for all.
has_files() { expect "number of files" $((5 * $# + 3)) "$(find "$folder" -type f | wc -l)"; }

lists_components() {
  local list=$folder/foster-$version.spdx.json
  expect "form" SPDX-2.3 "$(jq -r .spdxVersion "$list")"
  expect "components" "foster gcc musl" \
    "$(jq -r '[.packages[] | select(.versionInfo != "") | .name] | sort | join(" ")' "$list")"
  expect "binaries" "$(sums "foster-$version-linux-[a-z0-9]+" | sort)" "$(jq -r '.files[] |
    (.checksums[] | select(.algorithm == "SHA256") | .checksumValue) + "  " + .fileName[2:]' "$list" | sort)"
  expect "relations of what is not listed" "" "$(jq -r '[.. | .SPDXID? // empty] as $known | .relationships[] |
    .spdxElementId, .relatedSpdxElement | select(IN($known[]) | not)' "$list")"
}

# check_release ARCH...
check_release() {
  check "the release has each file" has_files "$@"
  check "SHA256SUMS is right" has_right_sums
  check "the SPDX list is right" lists_components
}

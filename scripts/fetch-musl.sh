#!/usr/bin/env bash
# fetch-musl.sh ARCH DIR: unpacks Debian's musl-dev for ARCH as DIR, from the sources that apt is set up with here,
# without touching dpkg's architectures.
set -euo pipefail
here=$(dirname "${BASH_SOURCE[0]}")
# shellcheck source=scripts/lib.sh
source "$here/lib.sh"

(($# == 2)) || fail "usage: fetch-musl.sh ARCH DIR"
arch=$1
dir=$2
[[ ! -e $dir ]] || fail "$dir exists"
mkdir -p "$(dirname "$dir")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/lists/partial" "$work/cache/archives/partial" "$work/unpacked"
options=(-qq -o Dir::State::lists="$work/lists" -o Dir::Cache="$work/cache" -o APT::Architectures="$arch"
  -o APT::Architecture="$arch" -o APT::Sandbox::User=root)
apt-get "${options[@]}" update
(cd "$work" && apt-get "${options[@]}" download "musl-dev:$arch")
dpkg-deb -x "$work"/musl-dev_*.deb "$work/unpacked"
mv "$work/unpacked" "$dir" # at once, so that an interrupted run leaves no half of it

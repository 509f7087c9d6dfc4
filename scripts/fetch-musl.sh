#!/usr/bin/env bash
# fetch-musl.sh ARCH DIR: leaves musl's headers and libc.a for ARCH as DIR, and which version they are as DIR/version,
# from the sources that apt is set up with here, without touching dpkg's architectures. It is Debian's musl-dev; for
# riscv64, which Debian 12 has no packages for, it is built from Debian's source package with the cross compiler.
set -euo pipefail
here=$(dirname "${BASH_SOURCE[0]}")
# shellcheck source=scripts/lib.sh
source "$here/lib.sh"

# apt_get WORD...: with lists and a cache of its own.
apt_get() {
  apt-get -qq -o Dir::State::lists="$work/lists" -o Dir::Cache="$work/cache" -o APT::Sandbox::User=root \
    "${options[@]}" "$@"
}

# update: one of the lists may be missing for a foreign architecture. What is downloaded stands in a signed list all the
# same, and scripts/release refuses to mix versions.
update() { apt_get update || say "warning: the lists of packages for $arch are not complete" >&2; }

unpack_package() {
  options=(-o APT::Architectures="$arch" -o APT::Architecture="$arch")
  update
  (cd "$work" && apt_get download "musl-dev:$arch")
  dpkg-deb -x "$work"/musl-dev_*.deb "$work/musl"
  dpkg-deb -f "$work"/musl-dev_*.deb Version >"$work/musl/version"
}

# source_lists: apt's own, for sources in place of packages.
source_lists() {
  local file parts=$work/sources.list.d
  mkdir "$parts"
  for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.{list,sources}; do
    [[ -e $file ]] || continue
    sed -E 's/^deb(-src)? /deb-src /; s/^Types:.*/Types: deb-src/' "$file" >"$parts/${file##*/}"
  done
  options=(-o Dir::Etc::sourcelist=/dev/null -o Dir::Etc::sourceparts="$parts")
}

build_source() {
  local triple=$1-linux-gnu place=$1-linux-musl
  need_tools make dpkg-source "$triple-g++"
  source_lists
  update
  (cd "$work" && apt_get source musl)
  cd "$work"/musl-*/
  ./configure --target="$place" --prefix=/usr --libdir="/usr/lib/$place" --includedir="/usr/include/$place" \
    --disable-shared CROSS_COMPILE="$triple-" CFLAGS="-ffile-prefix-map=$PWD=/musl"
  make --jobs="$(nproc)" DESTDIR="$work/musl" install-libs install-headers
  dpkg-parsechangelog --show-field Version >"$work/musl/version"
}

(($# == 2)) || fail "usage: fetch-musl.sh ARCH DIR"
arch=$1
dir=$(realpath --canonicalize-missing "$2")
[[ ! -e $dir ]] || fail "$dir exists"
mkdir -p "${dir%/*}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/lists/partial" "$work/cache/archives/partial" "$work/musl"
if [[ $arch == riscv64 ]]; then build_source "$arch"; else unpack_package; fi
mv "$work/musl" "$dir" # at once, so that an interrupted run leaves no half of it

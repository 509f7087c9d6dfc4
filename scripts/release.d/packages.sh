#!/usr/bin/env bash
# What is made for one architecture. To be sourced.
# shellcheck disable=SC2154 # scripts/release sets $version, $folder and $work

# pack FILE FOLDER NAME...: a .tar without a trace of who packs it, when, and in which order the disk lists the files.
pack() {
  tar --create --file "$1" --directory "$2" --sort=name --format=ustar --owner=0 --group=0 --numeric-owner \
    --mtime="@$SOURCE_DATE_EPOCH" "${@:3}"
}

# make_packages ARCH: from its build.
make_packages() {
  local arch=$1 name=foster-$version-linux-$1 build
  build=build/$(preset_of "$arch")
  cp "$build/foster" "$folder/$name"
  cp "$build/foster.debug" "$folder/$name.debug"

  quietly cmake --install "$build" --prefix "$work/$name" || fail "$arch: cannot be installed"
  pack "$work/$name.tar" "$work" "$name"
  gzip -9n "$work/$name.tar"
  mv "$work/$name.tar.gz" "$folder"

  quietly cpack --config "$build/CPackConfig.cmake" -B "$work/$arch" || fail "$arch: no .deb and .rpm"
  mv "$work/$arch"/*.{deb,rpm} "$folder"
}

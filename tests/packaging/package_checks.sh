#!/usr/bin/env bash
# The packages of one architecture. To be sourced.
# shellcheck disable=SC2154 # test-release sets $folder, $version and $work

# packed_files PREFIX: what a package holds below it.
packed_files() {
  printf '%s\n' "$1"/{bin/foster,share/doc/foster/LICENSE,share/doc/foster/README.md,share/man/man1/foster.1.gz}
}

# one_of PATTERN: the file of the release that alone matches.
one_of() {
  local -a found
  mapfile -t found < <(sums "$1" | awk '{ print $2 }')
  expect "files like $1" 1 ${#found[@]}
  say "$folder/${found[0]}"
}

# holds_files PREFIX ARCH: each file below PREFIX is the one that it is made from, and nothing else is there.
holds_files() {
  expect "files" "$(packed_files "$1")" "$(find "$1" ! -type d | LC_ALL=C sort)"
  cmp "$1/bin/foster" "$(file_of "$2")"
  cmp "$1/share/doc/foster/LICENSE" LICENSE
  cmp "$1/share/doc/foster/README.md" README.md
  gzip --decompress --stdout "$1/share/man/man1/foster.1.gz" | cmp - init/foster.1
  expect "what others may do" "" "$(find "$1" ! -perm -a=r -o -perm /o=w -o ! -user "$(id -u)")"
}

unpacks_tarball() {
  local name=foster-$version-linux-$1
  mkdir "$work/tar-$1"
  tar --extract --no-same-owner --file "$folder/$name.tar.gz" --directory "$work/tar-$1"
  expect "what is at the top" "$name" "$(ls "$work/tar-$1")"
  holds_files "$work/tar-$1/$name" "$1"
}

# dpkg_in ROOT ARGUMENT...: this machine's dpkg on a root of its own. What this machine leaves out of packages is not
# left out there.
dpkg_in() { quietly dpkg --root="$1" --force-architecture --path-include='*' --log=/dev/null "${@:2}"; }

installs_deb() {
  local root=$work/deb-$1 package
  package=$(one_of "foster_${version}_$1\.deb")
  mkdir -p "$root/var/lib/dpkg/"{info,updates}
  : >"$root/var/lib/dpkg/status"
  dpkg_in "$root" --install "$package"
  expect "state" "install ok installed $1 $version" \
    "$(dpkg-query --root="$root" --show --showformat '${Status} ${Architecture} ${Version}' "foster:$1")"
  expect "files that differ from their sums" "" "$(dpkg --root="$root" --verify foster)"
  expect "dependencies" "" "$(dpkg-deb --field "$package" Depends)"
  holds_files "$root/usr" "$1"
  dpkg_in "$root" --purge "foster:$1"
  expect "files after the removal" "" "$(find "$root" -name '*foster*')"
}

unpacks_rpm() {
  local package root=$work/rpm-$1
  package=$(one_of "foster-$version-1\.$2\.rpm")
  expect "architecture" "$2" "$(rpm --query --package --queryformat '%{ARCH}' "$package")"
  expect "files that it lists" "$(packed_files /usr)" \
    "$(rpm --query --package --list "$package" | grep -vx /usr/share/doc/foster)"
  expect "what it requires" "" "$(rpm --query --package --requires "$package" | grep -v '^rpmlib(' || true)"
  expect "where it was built" localhost "$(rpm --query --package --queryformat '%{BUILDHOST}' "$package")"
  mkdir "$root"
  (cd "$root" && rpm2cpio "$package" | cpio --extract --make-directories --quiet --no-preserve-owner)
  holds_files "$root/usr" "$1"
}

# check_packages ARCH
check_packages() {
  check "$1: the .tar.gz is unpacked" unpacks_tarball "$1"
  if ((EUID == 0)); then
    check "$1: dpkg installs and removes the .deb" installs_deb "$1"
  else
    say "skipped: $1: the .deb: dpkg wants root"
  fi
  check "$1: the .rpm is listed and unpacked" unpacks_rpm "$1" "$(rpm_name_of "$1")"
}

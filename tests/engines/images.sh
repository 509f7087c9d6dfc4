#!/usr/bin/env bash
# Images without a registry: a Debian base, made by debootstrap once and kept under build/, and what is built on it. To
# be sourced.
# shellcheck disable=SC2154 # scripts/test-engines sets $work

readonly suite=bookworm # what docker/Dockerfile is built on by default
readonly base_image=localhost/foster-test/base

# debian_mirror: where this machine's apt gets Debian from. Nothing if that is not known: debootstrap has a default.
debian_mirror() {
  # shellcheck disable=SC2016 # apt's placeholders
  apt-get indextargets --format '$(ORIGIN) $(COMPONENT) $(RELEASE) $(SITE)' 'Created-By: Packages' |
    awk '$1 == "Debian" && $2 == "main" && $3 !~ /-/ && !mirror { mirror = $4 } END { print mirror }'
}

# make_base TARBALL: also carries how this machine's apt reaches its mirror (a proxy, say), and busybox for the tests.
make_base() {
  local tarball=$1 tree=$work/base mirror
  mirror=$(debian_mirror)
  quietly debootstrap --variant=minbase --include=busybox-static "$suite" "$tree" ${mirror:+"$mirror"} || return 1
  apt-config dump | grep '^Acquire::' >"$tree/etc/apt/apt.conf.d/99acquire"
  rm -rf "$tree"/var/cache/apt/archives/*.deb "$tree"/var/lib/apt/lists/*
  mkdir -p "${tarball%/*}"
  tar -C "$tree" -cf "$tarball.part" .
  mv "$tarball.part" "$tarball" # at once, so that an interrupted run leaves no half of it
  rm -rf "$tree"
}

import_base() {
  local tarball
  tarball=$PWD/build/engines/$suite-$(dpkg --print-architecture).tar
  [[ -e $tarball ]] || make_base "$tarball" || return 1
  quietly engine import "$tarball" "$base_image"
}

# import_foster: an image as docker/Dockerfile makes it, without the build.
import_foster() { tar --create --directory "$work" foster | quietly engine import - "$foster_image"; }

# builds_test_images IMAGE...: those of tests/engines/image, each called like its target.
builds_test_images() {
  local image
  for image in "$@"; do
    engine build --network none --tag "$image" --target "${image##*/}" --build-arg BASE="$base_image" \
      --build-arg FOSTER="$foster_image" "$PWD/tests/engines/image"
  done
}

#!/usr/bin/env bash
# Images without a registry: a Debian base, made once and kept under build/; one that holds a busybox; and what is built
# on that. To be sourced.
# shellcheck disable=SC2154 # $work is of suite.sh

readonly suite=bookworm # what docker/Dockerfile is built on by default
readonly base_image=localhost/foster-test/base
readonly busybox_image=localhost/foster-test/busybox

# debian_mirror: where this machine's apt gets Debian from. Nothing if that is not known: mmdebstrap has a default.
debian_mirror() {
  # shellcheck disable=SC2016 # apt's placeholders
  apt-get indextargets --format '$(ORIGIN) $(COMPONENT) $(RELEASE) $(SITE)' 'Created-By: Packages' |
    awk '$1 == "Debian" && $2 == "main" && $3 !~ /-/ && !mirror { mirror = $4 } END { print mirror }'
}

# make_base TARBALL: also carries how this machine's apt reaches its mirror (a proxy, say), and leaves it to the disk when
# to write, as the images of a registry do.
make_base() {
  local tarball=$1 mirror
  mirror=$(debian_mirror)
  apt-config dump | grep '^Acquire::' >"$work/apt.conf"
  mkdir -p "${tarball%/*}"
  quietly mmdebstrap --variant=minbase --format=tar --aptopt="$work/apt.conf" --dpkgopt=force-unsafe-io \
    "$suite" "$tarball.part" ${mirror:+"$mirror"} || return 1
  mv "$tarball.part" "$tarball" # at once, so that an interrupted run leaves no half of it
}

import_base() {
  local tarball
  tarball=$PWD/build/engines/$suite-$(dpkg --print-architecture).tar
  [[ -e $tarball ]] || make_base "$tarball" || return 1
  quietly engine import "$tarball" "$base_image"
}

# import_busybox: Debian's, which is static.
import_busybox() { tar --create --directory / bin/busybox | quietly engine import - "$busybox_image"; }

# import_foster: an image as docker/Dockerfile makes it, without the build.
import_foster() { tar --create --directory "$work" foster | quietly engine import - "$foster_image"; }

# builds_test_images IMAGE...: those of tests/engines/image, each called like its target.
builds_test_images() {
  local image
  for image in "$@"; do
    engine build --network none --tag "$image" --target "${image##*/}" --build-arg BUSYBOX="$busybox_image" \
      --build-arg FOSTER="$foster_image" "$PWD/tests/engines/image"
  done
}

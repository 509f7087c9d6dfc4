#!/usr/bin/env bash
# One image with foster alone in it, for all architectures. To be sourced.
# shellcheck disable=SC2154 # scripts/release sets $version, $commit, $folder and $work

# builder ARGUMENT...: buildah, with all that it keeps in a folder of ours.
builder() {
  TMPDIR=$work buildah --root "$work/images" --runroot "$work/images-run" --storage-driver vfs "$@"
}

# The last stage of docker/Dockerfile, with what was built already.
build_image() {
  local arch=$1 container
  container=$(builder from --platform "$(platform_of "$arch")" scratch)
  quietly builder copy --chown 0:0 --chmod 0755 "$container" "$folder/foster-$version-linux-$arch" /foster
  quietly builder config --created-by "COPY foster /foster" \
    --entrypoint "$(sed -n 's/^ENTRYPOINT //p' docker/Dockerfile)" \
    --label org.opencontainers.image.title=foster \
    --label org.opencontainers.image.description="Tiny static init for containers" \
    --label org.opencontainers.image.version="$version" \
    --label org.opencontainers.image.revision="$commit" \
    --label org.opencontainers.image.licenses=MIT "$container"
  quietly builder commit --rm --quiet --timestamp "$SOURCE_DATE_EPOCH" --format oci --manifest "foster:$version" \
    "$container"
}

# make_image ARCH...
make_image() {
  local arch
  quietly builder manifest create "foster:$version"
  for arch in "$@"; do build_image "$arch"; done
  quietly builder manifest push --all "foster:$version" "oci:$work/layout:foster:$version"
  pack "$folder/foster-$version-oci.tar" "$work/layout" .
}

#!/usr/bin/env bash
# What is to be true of foster under Docker. To be sourced.
# shellcheck disable=SC2154 # $work is of suite.sh, $base_image of images.sh

builds() {
  limit=600 engine build --network host --file docker/Dockerfile --tag "$foster_image" --build-arg BASE="$base_image" \
    --build-arg http_proxy --build-arg https_proxy --build-arg no_proxy .
}

holds_foster_alone() {
  local container
  container=$(engine create "$foster_image")
  engine cp "$container:/foster" "$work/copied"
  expect "layers" 1 "$(engine image inspect --format '{{len .RootFS.Layers}}' "$foster_image")"
  expect "bytes in the image" "$(stat -c %s "$work/copied")" \
    "$(engine image inspect --format '{{.Size}}' "$foster_image")"
}

answers_to_version() {
  local version
  version=$("$work/foster" --version)
  # The image is built without git, which knows the commit.
  expect "docker run IMAGE --version" "${version% - git.*}" "$(run "$foster_image" --version)"
}

# What dockerd made of "tini version VERSION - git.COMMIT". The version stands under the name of the file.
knows_version_and_commit() {
  local version commit
  read -r _ _ version _ commit < <("$work/foster" --version)
  commit=${commit#git.}
  expect_in "docker info" $'\n'" init version: $commit" "$(engine info)"
  expect "docker version" "$version $commit" "$(engine version --format \
    '{{range .Server.Components}}{{if eq .Name "foster"}}{{.Version}} {{.Details.GitCommit}}{{end}}{{end}}')"
}

check_docker() {
  check "$engine_name: --init-path: info shows the commit, and version the version" knows_version_and_commit
  check "$engine_name: docker/Dockerfile builds on a base of our own" builds
  check "$engine_name: test images build, with COPY --from" builds_test_images \
    "$plain_image" "$with_foster_image" "$stop_signal_image"
  check "$engine_name: the image holds foster alone" holds_foster_alone
  check "$engine_name: run IMAGE --version" answers_to_version
  check "$engine_name, no init: 200 orphans stay zombies" leaves_zombies "$plain_image"
  check_entrypoint
  check_way "--init" /sbin/docker-init command --init "$plain_image"
  check_way "--init and ENTRYPOINT" "/sbin/docker-init -- /foster" group --init "$with_foster_image"
  check_pause
  check_install "$work/copied"
  check_ps
}

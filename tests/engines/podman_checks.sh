#!/usr/bin/env bash
# What is to be true of foster under Podman. To be sourced.
# shellcheck disable=SC2154 # $work is of suite.sh, the rest of engine.sh

# The command gets them, and foster keeps none.
hands_descriptors_on() {
  local container
  container=$(start --preserve-fds 1 "$@" sh -c 'cat <&3; echo ready; exec sleep 1000' 3<<<"through 3")
  await_ready "$container"
  expect "what the command read from 3" $'through 3\nready' "$(engine logs "$container")"
  expect_own_descriptors "$container"
  quietly engine "${remove[@]}" "$container"
}

check_podman() {
  local init=(--init --init-path "$work/foster" "$plain_image")
  check "$engine_name: test images build, with COPY --from" \
    builds_test_images "$plain_image" "$with_foster_image" "$stop_signal_image" "$pause_image"
  check "$engine_name, no init: 200 orphans stay zombies" leaves_zombies "$plain_image"
  check_entrypoint
  check_way "--init" /run/podman-init command "${init[@]}"
  check "$engine_name, ENTRYPOINT: descriptors reach the command" hands_descriptors_on "$with_foster_image"
  check "$engine_name, --init: descriptors reach the command" hands_descriptors_on "${init[@]}"
  check_pause --preserve-fds 2
  check_pods
  check_install "$work/foster"
  check_ps
  check_kube_install
}

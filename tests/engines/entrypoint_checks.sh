#!/usr/bin/env bash
# What is to be true of an image whose ENTRYPOINT foster is, besides what is of every way. To be sourced.
# shellcheck disable=SC2154 # $engine_name and $remove are of engine.sh, the images and $then_wait of container.sh

# RTMIN is 34 to an engine, as it is to glibc; the shell goes by the number.
stops_by_the_image_s_signal() {
  local container
  container=$(start "$stop_signal_image" sh -c 'trap "exit 3" 37; echo ready; while :; do sleep 0.1; done')
  await_ready "$container"
  expect_stop "$container" 3 "of a command that handles signal 37"

  container=$(start "$stop_signal_image" sh -c 'echo ready; exec sleep 1000')
  await_ready "$container"
  expect_stop "$container" $((128 + 37))
}

# In another container's PID namespace foster is not PID 1: what its command leaves behind is its own to reap all the
# same, and it has nothing to say about that.
reaps_in_a_shared_namespace() {
  local other container
  other=$(start "$plain_image" sleep 1000)
  container=$(start --pid "container:$other" "$with_foster_image" sh -c "$orphans_at_once$then_wait")
  await_ready "$container"
  expect "PID 1" "sleep 1000 " "$(command_line "$container")"
  kill_orphans "$container"
  expect_no_zombie "$container"
  expect "all that was said" ready "$(engine logs "$container" 2>&1)"
  expect_stop "$container" 143
  quietly engine "${remove[@]}" "$container" # first: Podman removes none that another needs
  quietly engine "${remove[@]}" "$other"
}

# Under its own name alone: in another init's place it says no more than that one does. One read wants more memory than
# there may be.
tells_of_the_oom_kill() {
  local status=0 output limit_bytes=$((32 * 1024 * 1024))
  output=$(run --memory "$limit_bytes" "$with_foster_image" \
    dd if=/dev/zero of=/dev/null bs=$((8 * limit_bytes)) count=1 2>&1) || status=$?
  expect "exit status" 137 "$status"
  expect_in "the message" "was killed by SIGKILL, not sent by foster; 1 OOM kill in this cgroup" "$output"
}

check_entrypoint() {
  check_way "ENTRYPOINT" /foster group "$with_foster_image"
  check "$engine_name, ENTRYPOINT: a stop by the image's STOPSIGNAL, RTMIN+3" stops_by_the_image_s_signal
  check "$engine_name, ENTRYPOINT: a command that the OOM killer ends" tells_of_the_oom_kill
  check "$engine_name, ENTRYPOINT: another container's PID namespace" reaps_in_a_shared_namespace
}

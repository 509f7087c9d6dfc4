#!/usr/bin/env bash
# foster as a pause process: alone in a container, as the engines run it ("/<name> -P"), and in pods of Podman. To be
# sourced.
# shellcheck disable=SC2154 # $engine_name, $enter and $run_options are of engine.sh

start_pause() { start --entrypoint /foster "$@" "$with_foster_image" -P; }

# waits_for_signals CONTAINER: its first process sleeps, has taken all signals that were sent, and ignores SIGCHLD (17),
# which is the last that it does before it waits.
waits_for_signals() {
  "${enter[@]}" cat "/proc/$(state "$1" Pid)/status" 2>/dev/null |
    awk '$1 == "State:" { sleeps = $2 == "S" }
      $1 == "SigIgn:" { ignores = $2 ~ /[13579bdf]....$/ }
      $1 ~ /^S(ig|hd)Pnd:$/ && $2 !~ /^0*$/ { pending = 1 }
      END { exit !(sleeps && ignores && !pending) }'
}

# await_pause CONTAINER: until it waits for signals, or has ended.
await_pause() {
  wait_until "$patience" waits_or_ended "$1" || true
  ! waits_for_signals "$1" || return 0
  printf 'the pause process does not wait for signals; its state: %s, exit status %s\n' \
    "$(state "$1" Status)" "$(state "$1" ExitCode)"
  exit 1
}
waits_or_ended() { waits_for_signals "$1" || [[ $(state "$1" Running) == false ]]; }

leaves_with_0() {
  local container signal
  for signal in TERM INT; do
    container=$(start_pause)
    await_pause "$container"
    quietly engine kill --signal "$signal" "$container"
    expect "exit status after $signal" 0 "$(engine wait "$container")"
    expect "what it said" "" "$(engine logs "$container" 2>&1)"
  done
}

ignores_other_signals() {
  local container signal
  container=$(start_pause)
  await_pause "$container"
  for signal in HUP USR1 QUIT; do
    quietly engine kill --signal "$signal" "$container"
    await_pause "$container"
  done
  quietly engine kill --signal TERM "$container"
  expect "exit status" 0 "$(engine wait "$container")"
}

pause_reaps() {
  local container
  container=$(start_pause)
  quietly engine exec "$container" sh -c "$orphans_at_once"
  kill_orphans "$container"
  expect_no_zombie "$container"
  quietly engine "${remove[@]}" "$container"
}

holds_nothing() {
  local container
  container=$(start_pause --workdir /bin "$@" 3</dev/null 4</dev/null)
  await_pause "$container"
  expect "its directory" / "$("${enter[@]}" readlink "/proc/$(state "$container" Pid)/cwd")"
  expect_own_descriptors "$container"
  quietly engine "${remove[@]}" "$container"
}

# check_pause OPTION...: options give the container the descriptors 3 and 4, where the engine has such.
check_pause() {
  check "$engine_name, /foster -P: leaves with 0 on TERM and INT" leaves_with_0
  check "$engine_name, /foster -P: ignores HUP, USR1 and QUIT" ignores_other_signals
  check "$engine_name, /foster -P: 200 orphans, no zombie" pause_reaps
  check "$engine_name, /foster -P: sits in / and holds no descriptor that it got" holds_nothing "$@"
}

# ---- pods; the image of their pause process is in the engine's configuration ----

# create_pod SHARED: with these namespaces in common.
create_pod() { engine pod create --share "$1" "${run_options[@]}"; }
pause_of() { engine pod inspect --format '{{.InfraContainerID}}' "$1"; }
start_in() { start --pod "$@"; }
remove_pod() { quietly engine pod "${remove[@]}" "$1"; }

# pod_has_foster COMMAND_LINE: a container starts the pod, where nothing else did.
pod_has_foster() {
  local pod pause
  pod=$(create_pod ipc)
  quietly start_in "$pod" "$plain_image" sleep 1000
  pause=$(pause_of "$pod")
  await_pause "$pause"
  expect "its command line" "$1 " "$("${enter[@]}" cat "/proc/$(state "$pause" Pid)/cmdline" | tr '\0' ' ')"
  "${enter[@]}" cmp "/proc/$(state "$pause" Pid)/exe" "$work/foster"
  remove_pod "$pod"
}

pod_reaps() {
  local pod container
  pod=$(create_pod pid,ipc)
  container=$(start_in "$pod" "$plain_image" sh -c "$orphans_at_once$then_wait")
  await_ready "$container"
  kill_orphans "$container"
  expect_no_zombie "$container"
  remove_pod "$pod"
}

# pod_stops SHARED: had the signal not reached the pause process, its status were 137. Where it is PID 1 of the command,
# too, its end may be the command's, whatever that does: Podman stops both at once.
pod_stops() {
  local pod container pause
  pod=$(create_pod "$1")
  container=$(start_in "$pod" "$plain_image" sh -c 'trap "exit 3" TERM; echo ready; while :; do sleep 0.1; done')
  pause=$(pause_of "$pod")
  await_ready "$container"
  await_pause "$pause"
  quietly engine pod stop --time "$patience" "$pod"
  expect "exit status of the pause process" 0 "$(state "$pause" ExitCode)"
  [[ $1 == *pid* ]] || expect "exit status of the command" 3 "$(state "$container" ExitCode)"
  remove_pod "$pod"
}

# A runtime with a CRI ends it by SIGKILL, and tells nobody how it ended.
pod_is_killed() {
  local pod container
  pod=$(create_pod "$1")
  container=$(start_in "$pod" "$plain_image" sh -c 'echo ready; exec sleep 1000')
  await_ready "$container"
  await_pause "$(pause_of "$pod")"
  quietly engine pod stop "$pod"
  expect "the pause process runs" false "$(state "$(pause_of "$pod")" Running)"
  expect "the command runs" false "$(state "$container" Running)"
  remove_pod "$pod"
}

# pod_ends_at SIGNAL...: for the pause process alone.
pod_ends_at() {
  local signal pod
  for signal in "$@"; do
    pod=$(create_pod ipc)
    await_pause "$(pause_of "$pod")"
    quietly engine kill --signal "$signal" "$(pause_of "$pod")"
    wait_until "$patience" pod_has_ended "$pod"
    remove_pod "$pod"
  done
}
pod_has_ended() { [[ $(state "$(pause_of "$1")" Running) == false ]]; }

check_pods() {
  check "$engine_name, a pod: foster is the pause process" pod_has_foster "/catatonit -P"
  check "$engine_name, a pod with one PID namespace: 200 orphans, no zombie" pod_reaps
  check "$engine_name, a pod with one PID namespace: a stop, in time" pod_stops pid,ipc
  check "$engine_name, a pod: a stop, in time" pod_stops ipc
}

#!/usr/bin/env bash
# What is to be true of each way to put foster into a container. A way is a list of arguments for the engine's run, the
# image last. To be sourced.
# shellcheck disable=SC2154 # $engine_name and $tells_pids_limit are of engine.sh, $pid_1 and $reach of check_way

readonly restricted=(--read-only --user 1000780000:0 --cap-drop ALL --security-opt no-new-privileges --pids-limit 64)

is_under_foster() {
  local container
  container=$(start "$@" sleep 1000)
  expect_in "the name of PID 1" "$pid_1" "$(command_line "$container")"
  quietly engine "${remove[@]}" "$container"
}

passes_the_exit_status_on() {
  local code
  for code in 0 7 255; do
    expect "exit status of 'exit $code'" "$code" "$(status_of run "$@" sh -c "exit $code")"
  done
  # shellcheck disable=SC2016 # for the shell in the container
  expect "exit status of a command that SIGKILL ended" 137 "$(status_of run "$@" sh -c 'kill -KILL $$')"
}

# The engine has a 126 and a 127 of its own: what tells them apart is that the container was started, without an error.
reports_what_cannot_run() {
  local code path container
  while read -r code path; do
    container=$(start "$@" "$path")
    quietly engine wait "$container"
    expect "exit status and the engine's error" "$code " "$(state "$container" ExitCode) $(state "$container" Error)"
    expect_in "the message" "$path" "$(engine logs "$container" 2>&1)"
  done <<<$'127 /no/such/command\n126 /etc/hosts'
}

# Had the signal not reached the command, the engine would have waited for $patience seconds, and the status were 137.
stops_in_time() {
  local container
  container=$(start "$@" sh -c 'echo ready; exec sleep 1000')
  await_ready "$container"
  expect_stop "$container" 143

  container=$(start "$@" sh -c 'trap "exit 3" TERM; echo ready; while :; do sleep 0.1; done')
  await_ready "$container"
  expect_stop "$container" 3 "of a command that handles TERM"
}

# For the shell in the container, which at USR1 asks its helper to leave. A helper that had got USR1 as well would have
# said so before it is gone: it leaves by itself, as the shell may act on the second signal in the midst of the first one's
# trap.
# shellcheck disable=SC2016
readonly with_helper='trap "kill -USR2 \$!; wait \$!; exit 0" USR1
  (trap "echo the helper got it" USR1; trap leave=yes USR2; echo ready; until [ $leave ]; do sleep 0.1; done) &
  while :; do wait $!; done'

# $reach is "command" or "group".
hands_a_signal_to() {
  local container expected=ready
  [[ $reach == command ]] || expected+=$'\nthe helper got it'
  container=$(start "$@" sh -c "$with_helper")
  await_ready "$container"
  quietly engine kill --signal USR1 "$container"
  expect "exit status" 0 "$(engine wait "$container")"
  wait_until "$patience" has_said "$container" "$expected" || true # an engine may write down later what it was told
  expect "what the helper said" "$expected" "$(engine logs "$container")"
}
has_said() { [[ $(engine logs "$1" 2>/dev/null) == "$2" ]]; }

reaps_at_once() {
  local container
  container=$(start "$@" sh -c "$orphans_at_once$then_wait")
  await_ready "$container"
  kill_orphans "$container"
  expect_no_zombie "$container"
  quietly engine "${remove[@]}" "$container"
}

reaps_orphans_of_exec() {
  local container
  container=$(start "$@" sleep 1000)
  quietly engine exec "$container" sh -c "$orphans_at_once"
  kill_orphans "$container"
  expect_no_zombie "$container"
  quietly engine "${remove[@]}" "$container"
}

reaps_in_a_row() {
  local container
  container=$(start "$@" sh -c "$orphans_in_a_row$then_wait")
  await_ready "$container"
  expect_no_zombie "$container"
  quietly engine "${remove[@]}" "$container"
}

reaps_thousands() {
  local container
  container=$(start "$@" sh -c "$orphans_by_thousands$then_wait")
  await_ready "$container"
  expect_no_zombie "$container"
  quietly engine "${remove[@]}" "$container"
}

# Without an init the same scene leaves every one of them: the checks above can fail.
leaves_zombies() {
  local container
  container=$(start "$@" sh -c "$orphans_at_once$then_wait")
  await_ready "$container"
  kill_orphans "$container"
  expect "zombies without an init" 200 "$(count "$container" ^Z .)"
  quietly engine "${remove[@]}" "$container"
}

# ---- the profile that OpenShift gives to everybody ----

works_restricted() {
  local status=0 output expected fields='^(Uid|Gid|CapEff|CapBnd|NoNewPrivs|Seccomp):'
  expect "the engine can limit pids" true "$("${tells_pids_limit[@]}")"
  output=$(run "${restricted[@]}" "$@" \
    sh -c "grep -E '$fields' /proc/1/status; touch /x 2>/dev/null || exit 7") || status=$?
  expected=$(printf '%s\t%s\n' Uid: $'1000780000\t1000780000\t1000780000\t1000780000' Gid: $'0\t0\t0\t0' \
    CapEff: 0000000000000000 CapBnd: 0000000000000000 NoNewPrivs: 1 Seccomp: 2)
  expect "the restrictions of PID 1" "$expected" "$output"
  expect "exit status of a command that cannot write to the root" 7 "$status"
  stops_in_time "${restricted[@]}" "$@"
}

# check_way NAME PID_1 REACH WAY...: PID_1 is what its command line holds, REACH what a signal reaches.
check_way() {
  local name="$engine_name, $1" pid_1=$2 reach=$3
  shift 3
  check "$name: foster is PID 1" is_under_foster "$@"
  check "$name: exit status" passes_the_exit_status_on "$@"
  check "$name: a command that is missing, or cannot be run" reports_what_cannot_run "$@"
  check "$name: a stop, in time" stops_in_time "$@"
  check "$name: a signal goes to the $reach" hands_a_signal_to "$@"
  check "$name: 200 orphans at once, no zombie" reaps_at_once "$@"
  check "$name: 200 orphans of an exec, no zombie" reaps_orphans_of_exec "$@"
  check "$name: 5,000 orphans, no zombie" reaps_thousands "$@"
  check "$name: Ctrl-C ends the command" ctrl_c_ends_the_command "$@"
  check "$name: Ctrl-C in a shell ends its job" ctrl_c_ends_the_job "$@"
  check "$name: restricted profile" works_restricted "$@"
  check "$name: 200 orphans in a row under a limit of 64 pids" reaps_in_a_row "${restricted[@]}" "$@"
}

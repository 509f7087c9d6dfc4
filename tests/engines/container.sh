#!/usr/bin/env bash
# Containers of the engine, and what is to be seen in them. To be sourced.
# shellcheck disable=SC2034 # the images and scenes are for the other files
# shellcheck disable=SC2154 # $run_options and $enter are of engine.sh, $work of suite.sh

# By the whole names that Podman gives them, which the others take as well.
readonly foster_image=localhost/foster-test/foster
readonly plain_image=localhost/foster-test/plain
readonly with_foster_image=localhost/foster-test/with-foster
readonly stop_signal_image=localhost/foster-test/stop-signal
readonly pause_image=localhost/foster-test/pause
readonly sandbox_image=localhost/foster-test/sandbox
readonly option_image=localhost/foster-test/sandbox-by-option

readonly patience=30 # seconds, which only a failure takes

# run, start: a container in the foreground, or in the background (prints its id).
run() { engine run --rm "${run_options[@]}" "$@"; }
start() { engine run --detach "${run_options[@]}" "$@"; }

# can_run IMAGE: one with no foster in it, so that what fails is the engine. What it says goes to $work/error.
can_run() { run "$1" /bin/busybox true >"$work/error" 2>&1; }

# status_of COMMAND...: prints its exit status, which is no failure; what the command prints goes to stderr.
status_of() {
  local status=0
  "$@" >&2 || status=$?
  say "$status"
}

# state CONTAINER FIELD: of what the engine knows.
state() { engine inspect --format "{{.State.$2}}" "$1"; }

# command_line CONTAINER: of its PID 1, a blank behind each word.
command_line() { engine exec "$1" cat /proc/1/cmdline | tr '\0' ' '; }

# is_ready CONTAINER: has it printed the line "ready"?
is_ready() { [[ $'\n'$(engine logs "$1" 2>&1)$'\n' == *$'\n'ready$'\n'* ]]; }

# await_ready CONTAINER: until it has printed the line "ready", or has ended.
await_ready() {
  local ready=no
  wait_until "$patience" ready_or_ended "$1" || true
  [[ $ready == yes ]] || {
    printf 'the container never got ready; the last that it said:\n'
    engine logs --tail 3 "$1"
    exit 1
  }
}
ready_or_ended() { if is_ready "$1"; then ready=yes; else [[ $(state "$1" Running) == false ]]; fi; }

# expect_stop CONTAINER CODE [OF]: the engine stops it, and it ends with that code.
expect_stop() {
  quietly engine stop --time "$patience" "$1"
  expect "exit status ${3:-after a stop}" "$2" "$(state "$1" ExitCode)"
}

# count CONTAINER STATE NAME: its processes whose state and name match these regular expressions. Fails where ps does.
count() {
  engine exec "$1" ps -o stat,comm |
    awk -v state="$2" -v name="$3" '$1 ~ state && $2 ~ name { ++found } END { print found + 0 }'
}
has_none() {
  local found
  found=$(count "$@") && ((found == 0))
}

expect_no_zombie() {
  wait_until "$patience" has_none "$1" ^Z . && return
  printf 'zombies left after %s s: %s\n' "$patience" "$(count "$1" ^Z .)"
  exit 1
}

# got_descriptors CONTAINER: those above 2 that its first process holds and has not made itself, such as a pidfd.
got_descriptors() {
  "${enter[@]}" find "/proc/$(state "$1" Pid)/fd" -type l ! -name '[0-2]' ! -lname 'anon_inode:*' -printf '%f is %l\n'
}
holds_its_own_alone() {
  local got
  got=$(got_descriptors "$1") && [[ -z $got ]]
}

expect_own_descriptors() {
  wait_until "$patience" holds_its_own_alone "$1" || expect "what PID 1 holds above 2" "" "$(got_descriptors "$1")"
}

# ---- orphans ----

# For the shell in the container: processes whose parents are gone. Either all are alive until they are killed, or each
# is seen to its end before the next, or they come as fast as the shell can make them.
# shellcheck disable=SC2016
readonly orphans_at_once='i=0
  while [ $i -lt 200 ]; do (tail -f /dev/null >/dev/null 2>&1 &); i=$((i + 1)); done'
# shellcheck disable=SC2016
readonly orphans_in_a_row='i=0
  while [ $i -lt 200 ]; do (sleep 0 &) | cat; i=$((i + 1)); done'
# shellcheck disable=SC2016
readonly orphans_by_thousands='i=0
  while [ $i -lt 5000 ]; do (: &); i=$((i + 1)); done'
# The shell makes way for what never waits for a child.
readonly then_wait='; echo ready; exec sleep 1000'

# kill_orphans CONTAINER: what orphans_at_once started, each of which is dead afterwards.
kill_orphans() {
  expect "orphans alive" 200 "$(count "$1" '^[^Z]' tail)"
  quietly engine exec "$1" killall tail
  wait_until "$patience" has_none "$1" '^[^Z]' tail
}

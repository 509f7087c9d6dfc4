#!/usr/bin/env bash
# --ps where there is no other ps: inside a container that holds foster alone, and from such a one beside another, whose
# PID namespace it shares. To be sourced.
# shellcheck disable=SC2154 # $engine_name and $remove are of engine.sh, the images and scenes of container.sh

# For the shell in the container: a process with a child, for which it never waits.
readonly careless='sleep 1000 & echo ready; exec tail -f /dev/null'

# leave_zombie CONTAINER: its child dies as soon as the shell, which would have waited for it, is the other program.
leave_zombie() {
  await_ready "$1"
  wait_until "$patience" is_careless "$1"
  quietly engine exec "$1" killall sleep
}
is_careless() { [[ $(count "$1" . '^tail') == 1 ]]; }

shows_foster_alone() {
  local container output
  container=$(start --entrypoint /foster "$foster_image" --pause)
  await_pause "$container"
  output=$(engine exec "$container" /foster --ps)
  expect_in "what --ps shows" "/foster --pause" "$output"
  expect_in "what --ps shows" "/foster --ps" "$output"
  expect_in "what --ps shows" " 0 zombie" "$output"
  quietly engine "${remove[@]}" "$container"
}

shows_the_zombie() {
  local output
  output=$("$@" --ps) && [[ $output == *" 1 zombie"* ]]
}

# names_the_zombie COMMAND...: runs foster with the options that follow. The zombie and its parent are named, and a
# probe that allows none fails.
names_the_zombie() {
  local status=0 output
  wait_until "$patience" shows_the_zombie "$@" || expect_in "what --ps shows" " 1 zombie" "$("$@" --ps)"
  output=$("$@" --ps)
  expect_in "what --ps shows" "(sleep): its parent " "$output"
  expect_in "what --ps shows" " (tail) does not wait" "$output"
  expect "exit status where one zombie is allowed" 0 "$(status_of "$@" --ps --max-zombies=1)"
  output=$("$@" --ps --max-zombies=0 2>&1) || status=$?
  expect "exit status where none is allowed, and the message" "1 zombies: 1, more than 0" "$status $output"
}

finds_a_zombie_inside() {
  local container
  container=$(start "$with_foster_image" sh -c "$careless")
  leave_zombie "$container"
  names_the_zombie engine exec "$container" /foster
  quietly engine "${remove[@]}" "$container"
}

finds_a_zombie_beside() {
  local container
  container=$(start "$with_foster_image" sh -c "$careless")
  leave_zombie "$container"
  names_the_zombie run --pid "container:$container" --entrypoint /foster "$foster_image"
  quietly engine "${remove[@]}" "$container"
}

# Without an init nobody else is there to tell.
finds_what_no_init_reaps() {
  local container output
  container=$(start "$plain_image" sh -c "$orphans_at_once$then_wait")
  await_ready "$container"
  kill_orphans "$container"
  output=$(run --pid "container:$container" --entrypoint /foster "$foster_image" --ps)
  expect_in "what --ps shows" " 200 zombie" "$output"
  quietly engine "${remove[@]}" "$container"
}

check_ps() {
  check "$engine_name, --ps: where foster is alone" shows_foster_alone
  check "$engine_name, --ps: a zombie and its parent, from inside" finds_a_zombie_inside
  check "$engine_name, --ps: the same from a second container" finds_a_zombie_beside
  check "$engine_name, --ps: 200 zombies of a container without an init, from a second one" finds_what_no_init_reaps
}

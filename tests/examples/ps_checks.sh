#!/usr/bin/env bash
# The examples that look at processes with --ps. To be sourced.
# shellcheck disable=SC2154 # scripts/test-examples sets $examples and $work, the rest is of tests/engines

# For the shell in the container: 21 children, whose parent lives and does not wait for them. They end when it is no shell
# any more, for that would.
# shellcheck disable=SC2016
readonly zombies_held='i=0
  while [ $i -lt 21 ]; do usleep 1000000000 & i=$((i + 1)); done
  exec tail -f /dev/null'

holds_children() { (($(count "$1" '^[^Z]' usleep) == 21 && $(count "$1" '^[^Z]' tail) == 1)); }
has_zombies() { (($(count "$1" ^Z .) == 21)); }

hold_zombies() {
  quietly engine exec --detach "$1" sh -c "$zombies_held"
  wait_until "$patience" holds_children "$1"
  quietly engine exec "$1" killall usleep
  wait_until "$patience" has_zombies "$1" || expect "zombies held" 21 "$(count "$1" ^Z .)"
}

# The probe, which Podman makes a health check of; systemd would run it.
tells_of_zombies() {
  expect "the probe's exit status without zombies" 0 "$(status_of engine healthcheck run "$1")"
  hold_zombies "$1"
  expect "the probe's exit status with 21 zombies" 1 "$(status_of engine healthcheck run "$1")"
  quietly engine exec "$1" killall tail
  expect_no_zombie "$1"
  expect "the probe's exit status afterwards" 0 "$(status_of engine healthcheck run "$1")"
}

# The commands of debug.md, as Podman has them: from a container beside the one that is looked at, and inside of it.
shows_who_holds_the_zombie() {
  local container output
  container=$(start my-image)
  hold_zombies "$container"
  output=$(run --pid "container:$container" foster --ps)
  expect_in "--ps beside the container" " 21 zombie" "$output"
  expect_in "--ps beside the container" "(tail) " "$output"
  expect_in "--ps inside the container" " 21 zombie" "$(engine exec "$container" /foster --ps)"
  quietly engine "${remove[@]}" "$container"
}

check_ps_examples() {
  local liveness=$examples/kubernetes/liveness.yaml
  check "kubernetes/liveness.yaml: the probe tells of zombies" \
    plays "$liveness" foster-liveness "/foster -- sleep 1000" tells_of_zombies
  check "kubernetes/debug.md: who holds the zombie, from inside and from beside" shows_who_holds_the_zombie
}

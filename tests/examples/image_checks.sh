#!/usr/bin/env bash
# The Dockerfiles of docker/examples/. To be sourced.
# shellcheck disable=SC2154 # scripts/test-examples sets $examples, the rest is of tests/engines

# has_command_line CONTAINER LINE
has_command_line() { [[ $(command_line "$1" 2>&1) == "$2 " ]]; }

# works_under_foster CONTAINER LINE: foster is PID 1, started by this command line; it reaps an orphan, and a stop reaches
# the command. Before foster's exec the engine's own process may be seen for a moment.
works_under_foster() {
  wait_until "$patience" has_command_line "$1" "$2" ||
    expect "command line of PID 1" "$2 " "$(command_line "$1" 2>&1)"
  quietly engine exec "$1" sh -c 'sleep 0 & sleep 0 & true'
  expect_no_zombie "$1"
  expect_stop "$1" 143
}

# builds_and_works FILE IMAGE LINE
builds_and_works() {
  local container
  quietly engine build --network none --file "$examples/$1" --tag "$2" "$examples"
  container=$(start "$2")
  works_under_foster "$container" "$3"
  quietly engine "${remove[@]}" "$container"
}

check_images() {
  check "Dockerfile.entrypoint: builds, and foster is the image's ENTRYPOINT" \
    builds_and_works Dockerfile.entrypoint my-image "/foster -- sleep 1000"
  check "Dockerfile.drop-in: builds, and foster is where tini was" \
    builds_and_works Dockerfile.drop-in my-drop-in "/usr/bin/tini -g -- sleep 1000"
}

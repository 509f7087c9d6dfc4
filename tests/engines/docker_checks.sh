#!/usr/bin/env bash
# What is to be true of foster under Docker. To be sourced.
# shellcheck disable=SC2154 # $work is of scripts/test-engines, $base_image of base_image.sh

readonly foster_image=foster-test/foster
readonly plain_image=foster-test/plain
readonly with_foster_image=foster-test/with-foster

readonly patience=30 # seconds, which only a failure takes
readonly restricted=(--read-only --user 1000780000:0 --cap-drop ALL --security-opt no-new-privileges --pids-limit 64)

# For the shell in the container: 200 processes whose parents are gone. Either all are alive until they are killed (and
# the shell makes way for sleep, which never waits for a child), or each is seen to its end before the next.
# shellcheck disable=SC2016
readonly orphans_at_once='i=0
  while [ $i -lt 200 ]; do (tail -f /dev/null &); i=$((i + 1)); done
  echo ready; exec sleep 1000'
# shellcheck disable=SC2016
readonly orphans_in_a_row='i=0
  while [ $i -lt 200 ]; do (sleep 0 &) | cat; i=$((i + 1)); done
  echo ready; exec sleep 1000'

# run, start: a container in the foreground, or in the background (prints its id).
run() { docker run --rm --network none "$@"; }
start() { docker run --detach --network none "$@"; }

# status_of COMMAND...: prints its exit status, which is no failure; what the command prints goes to stderr.
status_of() {
  local status=0
  "$@" >&2 || status=$?
  say "$status"
}

# is_ready CONTAINER: has it printed the line "ready"?
is_ready() { [[ $'\n'$(docker logs "$1" 2>&1)$'\n' == *$'\n'ready$'\n'* ]]; }

# count CONTAINER STATE NAME: its processes whose state and name match these regular expressions. Fails where ps does.
count() {
  docker exec "$1" ps -o stat,comm |
    awk -v state="$2" -v name="$3" '$1 ~ state && $2 ~ name { ++found } END { print found + 0 }'
}
has_none() {
  local found
  found=$(count "$@") && ((found == 0))
}

# await_ready CONTAINER: until it has printed the line "ready", or has ended.
await_ready() {
  wait_until "$patience" ready_or_ended "$1" || true
  is_ready "$1" || {
    printf 'the container never got ready; the last that it said:\n'
    docker logs --tail 3 "$1"
    exit 1
  }
}
ready_or_ended() { is_ready "$1" || [[ $(docker inspect --format '{{.State.Running}}' "$1") == false ]]; }

# ---- the image ----

builds() {
  limit=600 docker build --network host --file docker/Dockerfile --tag "$foster_image" --build-arg BASE="$base_image" \
    --build-arg http_proxy --build-arg https_proxy --build-arg no_proxy .
}

builds_test_images() {
  local target
  for target in plain with-foster; do
    docker build --network none --tag "foster-test/$target" --target "$target" --build-arg BASE="$base_image" \
      --build-arg FOSTER="$foster_image" tests/engines/image
  done
}

holds_foster_alone() {
  local container
  container=$(docker create "$foster_image")
  docker cp "$container:/foster" "$work/copied"
  expect "layers" 1 "$(docker image inspect --format '{{len .RootFS.Layers}}' "$foster_image")"
  expect "bytes in the image" "$(stat -c %s "$work/copied")" \
    "$(docker image inspect --format '{{.Size}}' "$foster_image")"
}

answers_to_version() {
  expect "docker run IMAGE --version" "$("$work/foster" --version)" "$(run "$foster_image" --version)"
}

# ---- each way to put foster into a container: WAY is a list of arguments for docker run, the image last ----

is_under_foster() {
  local container
  container=$(start "$@" sleep 1000)
  expect_in "the name of PID 1" "$pid_1" "$(docker exec "$container" cat /proc/1/cmdline | tr '\0' ' ')"
  quietly docker rm --force "$container"
}

passes_the_exit_status_on() {
  local code
  for code in 0 7 255; do
    expect "exit status of 'exit $code'" "$code" "$(status_of run "$@" sh -c "exit $code")"
  done
  # shellcheck disable=SC2016 # for the shell in the container
  expect "exit status of a command that SIGKILL ended" 137 "$(status_of run "$@" sh -c 'kill -KILL $$')"
}

# The engine has a 127 of its own: what tells them apart is that the container was started, without an error.
reports_a_missing_command() {
  local container state
  container=$(start "$@" /no/such/command)
  quietly docker wait "$container"
  state=$(docker inspect --format '{{.State.ExitCode}} {{.State.Error}}' "$container")
  expect "exit status and the engine's error" "127 " "$state"
  expect_in "the message" "/no/such/command" "$(docker logs "$container" 2>&1)"
}

# Had the signal not reached the command, docker stop would have waited for $patience seconds, and the status were 137.
stops_in_time() {
  local container
  container=$(start "$@" sh -c 'echo ready; exec sleep 1000')
  await_ready "$container"
  quietly docker stop --time "$patience" "$container"
  expect "exit status after docker stop" 143 "$(docker inspect --format '{{.State.ExitCode}}' "$container")"

  container=$(start "$@" sh -c 'trap "exit 3" TERM; echo ready; while :; do sleep 0.1; done')
  await_ready "$container"
  quietly docker stop --time "$patience" "$container"
  expect "exit status of a command that handles TERM" 3 "$(docker inspect --format '{{.State.ExitCode}}' "$container")"
}

# kill_orphans CONTAINER: what orphans_at_once started.
kill_orphans() {
  await_ready "$1"
  expect "orphans alive" 200 "$(count "$1" '^[^Z]' tail)"
  quietly docker exec "$1" killall tail
}

expect_no_zombie() {
  wait_until "$patience" has_none "$1" ^Z . && return
  printf 'zombies left after %s s: %s\n' "$patience" "$(count "$1" ^Z .)"
  exit 1
}

reaps_at_once() {
  local container
  container=$(start "$@" sh -c "$orphans_at_once")
  kill_orphans "$container"
  wait_until "$patience" has_none "$container" '^[^Z]' tail
  expect_no_zombie "$container"
  quietly docker rm --force "$container"
}

reaps_in_a_row() {
  local container
  container=$(start "$@" sh -c "$orphans_in_a_row")
  await_ready "$container"
  expect_no_zombie "$container"
  quietly docker rm --force "$container"
}

# Without an init the same scene leaves every one of them: the check above can fail.
leaves_zombies() {
  local container
  container=$(start "$@" sh -c "$orphans_at_once")
  kill_orphans "$container"
  wait_until "$patience" has_none "$container" '^[^Z]' tail
  expect "zombies without an init" 200 "$(count "$container" ^Z .)"
  quietly docker rm --force "$container"
}

# ---- the profile that OpenShift gives to everybody ----

works_restricted() {
  local status=0 output expected fields='^(Uid|Gid|CapEff|CapBnd|NoNewPrivs|Seccomp):'
  expect "the engine can limit pids" true "$(docker info --format '{{.PidsLimit}}')"
  output=$(run "${restricted[@]}" "$@" \
    sh -c "grep -E '$fields' /proc/1/status; touch /x 2>/dev/null || exit 7") || status=$?
  expected=$(printf '%s\t%s\n' Uid: $'1000780000\t1000780000\t1000780000\t1000780000' Gid: $'0\t0\t0\t0' \
    CapEff: 0000000000000000 CapBnd: 0000000000000000 NoNewPrivs: 1 Seccomp: 2)
  expect "the restrictions of PID 1" "$expected" "$output"
  expect "exit status of a command that cannot write to the root" 7 "$status"
  stops_in_time "${restricted[@]}" "$@"
}

check_way() {
  local name=$1 pid_1=$2
  shift 2
  check "$name: foster is PID 1" is_under_foster "$@"
  check "$name: exit status" passes_the_exit_status_on "$@"
  check "$name: missing command" reports_a_missing_command "$@"
  check "$name: docker stop" stops_in_time "$@"
  check "$name: 200 orphans at once, no zombie" reaps_at_once "$@"
  check "$name: restricted profile" works_restricted "$@"
  check "$name: 200 orphans in a row under a limit of 64 pids" reaps_in_a_row "${restricted[@]}" "$@"
}

check_docker() {
  check "docker/Dockerfile builds on a base of our own" builds
  check "test images build, with COPY --from" builds_test_images
  check "the image holds foster alone" holds_foster_alone
  check "docker run IMAGE --version" answers_to_version
  check "no init: 200 orphans stay zombies" leaves_zombies "$plain_image"
  check_way "ENTRYPOINT" /foster "$with_foster_image"
  check_way "--init" /sbin/docker-init --init "$plain_image"
  check_way "--init and ENTRYPOINT" "/sbin/docker-init -- /foster" --init "$with_foster_image"
}

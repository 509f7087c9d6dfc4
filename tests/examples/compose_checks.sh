#!/usr/bin/env bash
# docker/examples/compose/, brought up by podman-compose. To be sourced.
# shellcheck disable=SC2154 # scripts/test-examples sets $examples and $work, the rest is of tests/engines

# compose ARGUMENT...: as the engine's client is called, with tests/examples/podman in the place of podman.
compose() {
  local -a environment=()
  local word
  for word in "${client[@]:${#enter[@]}}"; do
    [[ $word != podman ]] || break
    environment+=("$word")
  done
  timeout --foreground --kill-after=5 "${limit:-60}" "${enter[@]}" "${environment[@]}" \
    podman-compose --podman-path "$PWD/tests/examples/podman" \
    --podman-args "--runtime runc --tmpdir $work/podman/tmp" --file "$examples/compose/compose.yaml" "$@"
}

# makes_foster_the_init: what "init: true" of a service is.
makes_foster_the_init() { sed -i "/^\[containers\]/a init_path = \"$work/foster\"" "$work/podman/containers.conf"; }

comes_up() {
  local by_daemon=compose_by-the-daemon_1 by_image=compose_by-the-image_1
  quietly compose up --detach
  engine exec "$by_daemon" cat /run/podman-init | cmp - "$work/foster"
  expect_in "environment" "FOSTER_KILL_AFTER=4s" "$(engine exec "$by_image" cat /proc/1/environ | tr '\0' ' ')"
  works_under_foster "$by_daemon" "/run/podman-init -- sleep 1000"
  works_under_foster "$by_image" "/foster -- sleep 1000"
  quietly compose down
}

check_compose() {
  if ! (need_tools podman-compose); then
    not_run compose/compose.yaml "podman-compose is missing, and could not be installed"
    return
  fi
  makes_foster_the_init
  check "compose/compose.yaml" comes_up
}

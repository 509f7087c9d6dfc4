#!/usr/bin/env bash
# A Docker daemon with everything under $work, beside any other that runs here. To be sourced.
# shellcheck disable=SC2034 # what use_docker sets is for the other files
# shellcheck disable=SC2154 # $work is of suite.sh

readonly docker_tools=(dockerd mmdebstrap)

use_docker() {
  engine_name=Docker
  # Nobody's configuration is read.
  client=(env PATH="$engine_path" DOCKER_CONFIG="$work/config" DOCKER_HOST="unix://$work/socket" docker)
  enter=()
  run_options=(--network none)
  remove=(rm --force)
  tells_pids_limit=(engine info --format '{{.PidsLimit}}')
}

# docker_starts: or says why not, in $reason.
docker_starts() {
  reason="it is missing, and could not be installed"
  install_engine "${docker_tools[@]}" || return 1
  use_docker
  start_dockerd "$work/foster" || { reason="dockerd ended: $(last_line "$work/log")"; return 1; }
  import_busybox || { reason="an image cannot be imported"; return 1; }
  can_run "$busybox_image" || { reason="no container can be started: $(last_line "$work/error")"; return 1; }
  import_base || { reason="no Debian base image could be made"; return 1; }
}

# start_dockerd INIT: INIT is what "docker run --init" runs. In a session of its own, so that Ctrl-C is not for it.
start_dockerd() {
  setsid dockerd --iptables=false --ip6tables=false --ip-forward=false --bridge=none --init-path "$1" \
    --data-root "$work/data" --exec-root "$work/exec" --pidfile "$work/pid" --host "unix://$work/socket" \
    --containerd-namespace "${work##*/}" --containerd-plugins-namespace "${work##*/}-plugins" \
    --cgroup-parent "/${work##*/}" >"$work/log" 2>&1 &
  dockerd_pid=$!
  wait_until 60 dockerd_settled && kill -0 "$dockerd_pid" 2>/dev/null
}

# dockerd_settled: it answers, or it has given up.
dockerd_settled() { engine version >/dev/null 2>&1 || ! kill -0 "$dockerd_pid" 2>/dev/null; }

# stop_dockerd: its containers first, or they would be left behind.
stop_dockerd() {
  local -a containers
  [[ -n ${dockerd_pid:-} ]] || return 0
  if kill -0 "$dockerd_pid" 2>/dev/null; then
    mapfile -t containers < <(engine ps --all --quiet)
    ((${#containers[@]} == 0)) || quietly engine "${remove[@]}" "${containers[@]}" || true
    kill "$dockerd_pid"
  fi
  wait "$dockerd_pid" || true
  dockerd_pid=
}

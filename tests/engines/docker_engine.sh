#!/usr/bin/env bash
# A Docker daemon with everything under $work, beside any other that runs here. To be sourced.
# shellcheck disable=SC2154 # scripts/test-engines sets $work

# docker ARGUMENT...: no command may hang the tests: it has $limit seconds. The distribution's own client comes first,
# and nobody's configuration is read.
docker() {
  timeout --foreground --kill-after=5 "${limit:-60}" \
    env PATH="/usr/sbin:/usr/bin:/sbin:/bin:$PATH" DOCKER_CONFIG="$work/config" DOCKER_HOST="unix://$work/socket" \
    docker "$@"
}

# install_docker: what is missing of it, and of what the base image is made with.
install_docker() {
  local -a missing=()
  has_tool dockerd || missing+=(docker.io)
  has_tool debootstrap || missing+=(debootstrap)
  has_tool pgrep || missing+=(procps)
  ((${#missing[@]})) || return 0
  [[ $(package_manager) == apt-get ]] || return 1
  say "installing: ${missing[*]}"
  without_services install_packages apt-get "${missing[@]}"
}

# without_services COMMAND...: Debian's packages ask policy-rc.d before they start a daemon; 101 means no.
without_services() (
  policy=/usr/sbin/policy-rc.d
  if [[ ! -e $policy ]]; then
    trap 'rm -f "$policy"' EXIT
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod 0755 "$policy"
  fi
  "$@"
)

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
dockerd_settled() { docker version >/dev/null 2>&1 || ! kill -0 "$dockerd_pid" 2>/dev/null; }

# stop_dockerd: its containers first, or they would be left behind.
stop_dockerd() {
  local -a containers
  [[ -n ${dockerd_pid:-} ]] || return 0
  if kill -0 "$dockerd_pid" 2>/dev/null; then
    mapfile -t containers < <(docker ps --all --quiet)
    ((${#containers[@]} == 0)) || quietly docker rm --force "${containers[@]}" || true
    kill "$dockerd_pid"
  fi
  wait "$dockerd_pid" || true
  dockerd_pid=
}

# mounts_left, processes_left, groups_left: what belongs to the daemon and is still there.
mounts_left() { awk -v work="$work/" 'index($5, work) == 1 { print $5 }' /proc/self/mountinfo; }
processes_left() { pgrep --full --list-full -- "$work/" || true; }
# Other groups may go while find looks at them, which it reports as an error.
groups_left() { find /sys/fs/cgroup -depth -type d -path "*/${work##*/}*" || true; }

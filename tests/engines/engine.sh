#!/usr/bin/env bash
# What the engines have in common: one of them at a time is "the engine". To be sourced.
# shellcheck disable=SC2034 # what describes the engine is for the other files
# shellcheck disable=SC2154 # $work is of suite.sh

# These describe the engine; use_docker, use_podman and use_containerd set them.
engine_name=        # for the reader
client=()           # what its commands begin with
enter=()            # goes before a command that looks at its processes
run_options=()      # of every container
remove=()           # the command that removes containers, whether they run or not
tells_pids_limit=() # prints "true" where pids can be limited

# engine ARGUMENT...: no command may hang the tests: it has $limit seconds.
engine() { timeout --foreground --kill-after=5 "${limit:-60}" "${client[@]}" "$@"; }

# The distribution's own programs come first.
readonly engine_path="/usr/sbin:/usr/bin:/sbin:/bin:$PATH"

last_line() { tail -n 1 "$1"; }

# install_engine TOOL...: these, and what the images and the checks are made with.
install_engine() { without_services need_tools "$@" busybox ps script; }

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

# mounts_left, processes_left, groups_left: what belongs to the engine and is still there.
mounts_left() { awk -v work="$work/" 'index($5, work) == 1 { print $5 }' /proc/self/mountinfo; }
processes_left() { pgrep --full --list-full -- "$work/" || true; }
# The file has a part of their paths in each line. Other groups may go while find looks at them, which it reports as an
# error.
groups_left() {
  local name
  while read -r name; do
    find /sys/fs/cgroup -depth -type d -path "*/$name*" 2>/dev/null || true
  done <"$work/groups"
}

remove_what_is_left() {
  local mount group
  mounts_left | sort -r | while read -r mount; do umount "$mount"; done
  groups_left | while read -r group; do rmdir "$group"; done
}

nothing_is_left() {
  expect "processes" "" "$(processes_left)"
  expect "mounts" "" "$(mounts_left)"
  expect "control groups" "" "$(groups_left)"
}

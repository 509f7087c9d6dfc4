#!/usr/bin/env bash
# Namespaces for an engine that writes outside of its own folders, or leaves processes behind. To be sourced.
# shellcheck disable=SC2034 # $enter is of engine.sh
# shellcheck disable=SC2154 # $work is of suite.sh

# For the shell that holds these namespaces, and reaps as their PID 1; it is not foster, whose faults would look like an
# engine that cannot run. crun refuses both versions of cgroups side by side; and what Podman and containerd write
# outside of their own folders, whatever they are set to, goes to these three.
# shellcheck disable=SC2016
readonly prepare_namespaces='set -e
  ! mountpoint --quiet /sys/fs/cgroup/unified || umount /sys/fs/cgroup/unified
  for folder in /run /dev/shm /var/lib/containers; do mount -t tmpfs none "$folder"; done
  : >"$1/held"
  sleep infinity & wait'

# hold_namespaces: they take all processes, mounts and networks along when they go. In a session of their own, so that
# Ctrl-C is not for them.
hold_namespaces() {
  rm -f "$work/held"
  setsid unshare --mount --net --pid --fork --mount-proc \
    bash -c "$prepare_namespaces" bash "$work" >"$work/holder.log" 2>&1 &
  holder=$!
  wait_until 60 holder_settled && kill -0 "$holder" 2>/dev/null || return 1
  enter=(nsenter --target "$holder" --mount --net --pid="/proc/$holder/ns/pid_for_children")
}
holder_settled() { [[ -e $work/held ]] || ! kill -0 "$holder" 2>/dev/null; }

release_namespaces() {
  [[ -n ${holder:-} ]] || return 0
  pkill -KILL --parent "$holder" || true # PID 1 of the namespace
  wait "$holder" || true
  holder=
}

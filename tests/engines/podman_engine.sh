#!/usr/bin/env bash
# Podman with everything under $work, in namespaces of its own. To be sourced.
# shellcheck disable=SC2034 # what use_podman sets is for the other files
# shellcheck disable=SC2154 # scripts/test-engines sets $work

# podman_starts: or says why not, in $reason.
podman_starts() {
  reason="it is missing, and could not be installed"
  install_engine podman runc unshare || return 1
  mkdir "$work/podman"
  configure_podman
  hold_namespaces || { reason="no namespaces of its own: $(last_line "$work/podman/log")"; return 1; }
  use_podman runc
  import_base || { reason="no Debian base image could be made"; return 1; }
  import_foster || { reason="an image cannot be imported"; return 1; }
}

# podman_runs RUNTIME: or says why not, in $reason.
podman_runs() {
  reason="it is missing, and could not be installed"
  install_engine "$1" || return 1
  use_podman "$1"
  can_run || { reason="no container can be started: $(last_line "$work/error")"; return 1; }
}

# For the shell that holds these namespaces, and reaps as their PID 1; it is not foster, whose faults would look like a
# Podman that cannot run. crun refuses both versions of cgroups side by side; and what Podman writes outside of its own
# folders, whatever they are set to, goes to these three.
# shellcheck disable=SC2016
readonly prepare_namespaces='set -e
  ! mountpoint --quiet /sys/fs/cgroup/unified || umount /sys/fs/cgroup/unified
  for folder in /run /dev/shm /var/lib/containers; do mount -t tmpfs none "$folder"; done
  : >"$1/podman/held"
  sleep infinity & wait'

# hold_namespaces: they take all processes, mounts and networks along when they go. In a session of their own, so that
# Ctrl-C is not for them.
hold_namespaces() {
  setsid unshare --mount --net --pid --fork --mount-proc \
    bash -c "$prepare_namespaces" bash "$work" >"$work/podman/log" 2>&1 &
  holder=$!
  wait_until 60 holder_settled && kill -0 "$holder" 2>/dev/null
}
holder_settled() { [[ -e $work/podman/held ]] || ! kill -0 "$holder" 2>/dev/null; }

release_namespaces() {
  [[ -n ${holder:-} ]] || return 0
  pkill -KILL --parent "$holder" || true # PID 1 of the namespace
  wait "$holder" || true
  holder=
}

configure_podman() {
  cat >"$work/podman/containers.conf" <<CONF
[containers]
# Podman asks for more than this machine may allow.
default_ulimits = ["nofile=$(ulimit -Hn):$(ulimit -Hn)", "nproc=32768:32768"]

[engine]
cgroup_manager = "cgroupfs"
events_logger = "file"
infra_image = "$pause_image"
CONF
  cat >"$work/podman/storage.conf" <<CONF
[storage]
driver = "overlay"
graphroot = "$work/podman/data"
runroot = "$work/podman/run"
CONF
}

use_podman() {
  local runtime=$1
  engine_name="Podman with $runtime"
  enter=(nsenter --target "$holder" --mount --net --pid="/proc/$holder/ns/pid_for_children")
  client=("${enter[@]}" env PATH="$engine_path" TMPDIR="$work/podman"
    CONTAINERS_CONF="$work/podman/containers.conf" CONTAINERS_STORAGE_CONF="$work/podman/storage.conf"
    podman --runtime "$runtime" --tmpdir "$work/podman/tmp")
  run_options=(--network none --cgroup-parent "/${work##*/}")
  remove=(rm --force --time 0)
  pids_limit_format='{{range .Host.CgroupControllers}}{{if eq . "pids"}}true{{end}}{{end}}'
}

#!/usr/bin/env bash
# Podman with everything under $work, in namespaces of its own. To be sourced.
# shellcheck disable=SC2034 # what use_podman sets is for the other files
# shellcheck disable=SC2154 # $work is of suite.sh

readonly podman_tools=(podman runc unshare)

# podman_starts: or says why not, in $reason.
podman_starts() {
  reason="it is missing, and could not be installed"
  install_engine "${podman_tools[@]}" || return 1
  mkdir -p "$work/podman"
  configure_podman
  hold_namespaces || { reason="no namespaces of its own: $(last_line "$work/holder.log")"; return 1; }
  use_podman runc
  { import_busybox && import_foster; } || { reason="an image cannot be imported"; return 1; }
}

# podman_runs RUNTIME: or says why not, in $reason.
podman_runs() {
  reason="it is missing, and could not be installed"
  install_engine "$1" || return 1
  use_podman "$1"
  can_run "$busybox_image" || { reason="no container can be started: $(last_line "$work/error")"; return 1; }
}

# Podman puts the pods of a manifest below this group, whatever it is told: ours, if we are the first here.
readonly kube_group=libpod_parent
claim_kube_group() {
  [[ -n $(find /sys/fs/cgroup -maxdepth 2 -type d -name "$kube_group") ]] || say "$kube_group" >>"$work/groups"
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
  client=("${enter[@]}" env PATH="$engine_path" TMPDIR="$work/podman"
    CONTAINERS_CONF="$work/podman/containers.conf" CONTAINERS_STORAGE_CONF="$work/podman/storage.conf"
    podman --runtime "$runtime" --tmpdir "$work/podman/tmp")
  run_options=(--network none --cgroup-parent "/${work##*/}")
  remove=(rm --force --time 0)
  tells_pids_limit=(engine info --format '{{range .Host.CgroupControllers}}{{if eq . "pids"}}true{{end}}{{end}}')
}

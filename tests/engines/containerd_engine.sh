#!/usr/bin/env bash
# containerd with everything under $work, in namespaces of its own, spoken to by its CRI, as a kubelet does. Podman
# builds its images. To be sourced.
# shellcheck disable=SC2034 # what use_containerd sets is for the other files
# shellcheck disable=SC2154 # $work is of suite.sh

readonly containerd_tools=(containerd python3 python3-grpcio python3-grpc-tools python3-pkg-resources)
readonly built_images=("$plain_image" "$with_foster_image" "$stop_signal_image" "$sandbox_image" "$option_image")
readonly containerd_images=("$foster_image" "${built_images[@]}")

# containerd_starts: or says why not, in $reason.
containerd_starts() {
  reason="it is missing, and could not be installed"
  install_engine "${containerd_tools[@]}" || return 1
  mkdir -p "$work/cri"
  compile_cri >"$work/error" 2>&1 || { reason="no client for its CRI: $(last_line "$work/error")"; return 1; }
  save_images || { reason="Podman, which builds its images, cannot: $reason"; return 1; }
  use_containerd
  start_client
  start_containerd "$sandbox_image" || { reason="containerd ended: $(last_line "$work/cri/log")"; return 1; }
  load_images >"$work/error" 2>&1 || { reason="an image cannot be loaded: $(last_line "$work/error")"; return 1; }
  can_run "$plain_image" || { reason="no container can be started: $(last_line "$work/error")"; return 1; }
}

compile_cri() {
  env PATH="$engine_path" python3 -m grpc_tools.protoc --proto_path tests/engines/cri \
    --python_out "$work/cri" --grpc_python_out "$work/cri" api.proto
}

# save_images: in the namespaces where containerd is to run.
save_images() {
  podman_starts || return 1
  reason="they cannot be built, or saved"
  quietly builds_test_images "${built_images[@]}" || return 1
  quietly engine save --multi-image-archive --output "$work/cri/images.tar" "${containerd_images[@]}"
}

# The runtime sees an image some time after containerd has it.
load_images() {
  local image
  "${enter[@]}" ctr --address "$work/cri/socket" --namespace k8s.io images import "$work/cri/images.tar"
  for image in "${containerd_images[@]}"; do
    wait_until "$patience" has_image "$image"
  done
}
has_image() { [[ $(engine has-image "$1") == true ]]; }

use_containerd() {
  engine_name=containerd
  client=(env PATH="$engine_path" python3 -I "$PWD/tests/engines/cri/ask.py" "$work/cri/asked")
  run_options=(--cgroup-parent "/${work##*/}")
  remove=(rm --force)
  tells_pids_limit=(say true) # its client fails where it cannot set one
}

# start_client: it goes with its namespaces, and nobody waits for it.
start_client() {
  setsid "${enter[@]}" env PATH="$engine_path" PYTHONPATH="$work/cri" PYTHONPYCACHEPREFIX="$work/cri/cache" \
    python3 "$PWD/tests/engines/cri/server.py" "$work/cri/asked" "$work/cri/socket" "$work/cri/logs" \
    >"$work/cri/client.log" 2>&1 &
  disown
}

# configure_containerd SANDBOX_IMAGE: every folder that it would have elsewhere is under $work, used or not.
configure_containerd() {
  cat >"$work/cri/config.toml" <<CONF
version = 2
root = "$work/cri/data"
state = "$work/cri/state"

[grpc]
address = "$work/cri/socket"

[plugins."io.containerd.internal.v1.opt"]
path = "$work/cri/opt"

[plugins."io.containerd.grpc.v1.cri"]
sandbox_image = "$1"
restrict_oom_score_adj = true # a container must not want what the daemon may not
stream_server_address = "0.0.0.0" # its network has no other
disable_apparmor = true # a profile would be left behind

[plugins."io.containerd.grpc.v1.cri".cni]
bin_dir = "$work/cri/cni"
conf_dir = "$work/cri/cni"
CONF
}

# start_containerd SANDBOX_IMAGE
start_containerd() {
  configure_containerd "$1"
  setsid "${enter[@]}" env PATH="$engine_path" containerd --config "$work/cri/config.toml" >"$work/cri/log" 2>&1 &
  containerd_pid=$!
  wait_until 60 containerd_settled && kill -0 "$containerd_pid" 2>/dev/null
}

# containerd_settled: it answers, whatever the answer is, or it has given up.
containerd_settled() { engine has-image none >/dev/null 2>&1 || ! kill -0 "$containerd_pid" 2>/dev/null; }

stop_containerd() {
  [[ -n ${containerd_pid:-} ]] || return 0
  pkill --parent "$containerd_pid" || true # what runs in the namespaces
  wait "$containerd_pid" || true
  containerd_pid=
}

#!/usr/bin/env bash
# What is to be true of foster under containerd, as the first process of a pod and in the pod's containers. To be
# sourced.
# shellcheck disable=SC2154 # $work is of suite.sh, $plain_image and $option_image are of container.sh

# check_sandbox COMMAND_LINE: that of the image in containerd's configuration.
check_sandbox() {
  local name="$engine_name, a pod of '$1'"
  check "$name: foster is the pause process" pod_has_foster "$1"
  check "$name, with one PID namespace: 200 orphans, no zombie" pod_reaps
  check "$name: TERM and INT end it" pod_ends_at TERM INT
}

check_containerd() {
  check_sandbox /pause
  check "$engine_name, a pod: a stop" pod_is_killed ipc
  check "$engine_name, a pod with one PID namespace: a stop" pod_is_killed pid,ipc
  check "$engine_name, no init: 200 orphans stay zombies" leaves_zombies "$plain_image"
  check_entrypoint
  check_pause
  check_install "$work/foster"
  check_ps
  stop_containerd
  start_containerd "$option_image" || true # the checks notice
  check_sandbox "/foster --pause"
}

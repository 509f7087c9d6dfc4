#!/usr/bin/env bash
# The pods of docker/examples/, played by Podman. To be sourced.
# shellcheck disable=SC2154 # scripts/test-examples sets $examples and $work, the rest is of tests/engines

# container_of POD: its container "app", whatever Podman puts between the two names.
container_of() { engine ps --all --filter "name=^$1.*-app\$" --format '{{.Names}}'; }

# play MANIFEST: with an initContainer that stays when it has ended, as under a kubelet. Podman 4.3 removes it, and may be too
# early for that.
play() {
  sed 's/^metadata:$/&\n  annotations: { io.podman.annotations.init.container.type: always }/' "$1" >"$work/played.yaml"
  quietly engine kube play --network none "$work/played.yaml"
}

# plays MANIFEST POD LINE [COMMAND...]: the container's PID 1 is started by LINE; COMMAND gets the container's name and looks
# at it while it runs.
plays() {
  local manifest=$1 pod=$2 line=$3 container
  shift 3
  play "$manifest"
  container=$(container_of "$pod")
  (($# == 0)) || "$@" "$container"
  works_under_foster "$container" "$line"
  quietly engine kube down "$manifest"
}

# ---- the restrictions of the "restricted" profile, and of OpenShift's restricted-v2 ----

is_restricted() {
  local fields='^(Uid|Gid|CapEff|CapBnd|NoNewPrivs|Seccomp):' expected
  expected=$(printf '%s\t%s\n' Uid: $'1000780000\t1000780000\t1000780000\t1000780000' Gid: $'0\t0\t0\t0' \
    CapEff: 0000000000000000 CapBnd: 0000000000000000 NoNewPrivs: 1 Seccomp: 2)
  expect "the restrictions of PID 1" "$expected" "$(engine exec "$1" grep -E "$fields" /proc/1/status)"
  expect "exit status of a write to the root" 1 "$(status_of engine exec "$1" touch /x)"
}

# as_admitted: the Deployment, with the user that OpenShift's admission writes into each of its containers.
as_admitted() {
  awk '/allowPrivilegeEscalation:/ {
      print indent($0) "runAsUser: 1000780000"
      print indent($0) "runAsGroup: 0"
    }
    { print }
    function indent(line) { match(line, /^ */); return substr(line, 1, RLENGTH) }' "$examples/openshift/deployment.yaml"
}

# ---- the termination log ----

# with_kubelets_file FILE: the pod, with what a kubelet mounts into each container.
with_kubelets_file() {
  cat "$examples/kubernetes/termination-log.yaml"
  cat <<MANIFEST
      volumeMounts:
        - name: log
          mountPath: /dev/termination-log
  volumes:
    - name: log
      hostPath:
        path: $1
        type: File
MANIFEST
}

leaves_a_termination_log() {
  local manifest=$work/termination-log.yaml log=$work/termination-log container
  : >"$log"
  with_kubelets_file "$log" >"$manifest"
  play "$manifest"
  container=$(container_of foster-termination-log)
  expect "memory limit" $((64 << 20)) "$(engine inspect --format '{{.HostConfig.Memory}}' "$container")"
  wait_until "$patience" has_none "$container" . '^(runc|crun)' # foster has been exec'd, and its command
  wait_until "$patience" ends_the_command "$container"
  expect "exit status" 137 "$(engine wait "$container")"
  expect_in "the termination log" "was killed by SIGKILL, not sent by foster" "$(<"$log")"
  quietly engine kube down "$manifest"
}
ends_the_command() { engine exec "$1" killall -KILL sleep; }

# ---- an image as a volume ----

# check_image_volume: where this Podman has them.
check_image_volume() {
  local manifest=$examples/kubernetes/image-volume.yaml answer
  if answer=$(engine kube play --start=false --network none "$manifest" 2>&1); then
    quietly engine kube down "$manifest"
    check "kubernetes/image-volume.yaml" plays "$manifest" foster-image-volume "/init/foster -- sleep 1000"
  else
    not_run kubernetes/image-volume.yaml "this Podman: ${answer##*$'\n'}"
  fi
}

check_pods_of_examples() {
  local folder=$examples/kubernetes
  check "kubernetes/command.yaml" plays "$folder/command.yaml" foster-command "/foster -- sleep 1000"
  check "kubernetes/install.yaml" plays "$folder/install.yaml" foster-install "/init/foster -- sleep 1000"
  check "kubernetes/restricted.yaml" \
    plays "$folder/restricted.yaml" foster-restricted "/foster -- sleep 1000" is_restricted
  check "kubernetes/termination-log.yaml" plays "$folder/termination-log.yaml" foster-termination-log \
    "/foster --termination-log --kill-after=8s -- sleep 1000"
  check "kubernetes/termination-log.yaml: KILL leaves its line in the kubelet's file" leaves_a_termination_log
  as_admitted >"$work/deployment.yaml"
  check "openshift/deployment.yaml, with an arbitrary user" \
    plays "$work/deployment.yaml" foster-example "/init/foster -- sleep 1000" is_restricted
  check_image_volume
}

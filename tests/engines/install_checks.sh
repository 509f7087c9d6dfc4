#!/usr/bin/env bash
# foster brings itself into another image's container: from an image that holds foster alone, as what OpenShift makes of
# everybody, into a folder that both containers share. To be sourced.
# shellcheck disable=SC2154 # $engine_name and $enter are of engine.sh, $restricted of way_checks.sh

# make_shared MODE: an empty folder, which any user may write to, or only root.
make_shared() {
  shared=$work/shared
  rm -rf "$shared"
  mkdir --mode "$1" "$shared"
}

# make_full: a folder with room for less than foster; seen where the engine is.
make_full() {
  full=$work/full
  mkdir -p "$full"
  "${enter[@]}" mount -t tmpfs -o size=16k,mode=0777 none "$full"
}

# install_in OPTION...: with the folder's volume among them.
install_in() { run "${restricted[@]}" "$@" --entrypoint /foster "$foster_image" --install=/shared; }

expect_installed() {
  cmp "$original" "$shared/foster"
  expect "its mode and owner" "755 1000780000:0" "$(stat -c '%a %u:%g' "$shared/foster")"
  expect "what is in the folder" foster "$(ls -A "$shared")"
}

installs_and_runs() {
  local container
  make_shared 0777
  expect "what --install says" "" "$(install_in --volume "$shared:/shared" 2>&1)"
  expect_installed
  container=$(start "${restricted[@]}" --volume "$shared:/shared:ro" --entrypoint /shared/foster "$plain_image" \
    -- sh -c 'echo ready; exec sleep 1000')
  await_ready "$container"
  expect_in "the name of PID 1" "/shared/foster --" "$(command_line "$container")"
  # Over a program that runs, which a write to the file would not survive.
  expect "what --install says the second time" "" "$(install_in --volume "$shared:/shared" 2>&1)"
  expect_installed
  expect_stop "$container" 143
}

# expect_refusal REASON OPTION...
expect_refusal() {
  local reason=$1 status=0 output
  shift
  output=$(install_in "$@" 2>&1) || status=$?
  expect "exit status" 125 "$status"
  expect "the message" "foster: cannot install foster in '/shared': $reason" "$output"
}

says_why_not() {
  make_shared 0777
  expect_refusal "read-only file system" --volume "$shared:/shared:ro"
  expect "what is in the folder" "" "$(ls -A "$shared")"
  make_full
  expect_refusal "no space left on device" --volume "$full:/shared"
  expect "what is in the full folder" "" "$("${enter[@]}" ls -A "$full")"
  "${enter[@]}" umount "$full"
  make_shared 0755
  expect_refusal "permission denied" --volume "$shared:/shared"
  expect "what is in the folder" "" "$(ls -A "$shared")"
}

# check_install ORIGINAL: the program that the image holds.
check_install() {
  local original=$1
  check "$engine_name: --install into a shared folder, and another image's container runs from there" installs_and_runs
  check "$engine_name: --install that is refused says why, and leaves nothing" says_why_not
}

# ---- Podman plays Kubernetes ----

# An emptyDir is made for the pod, and belongs to root.
make_manifest() {
  cat <<MANIFEST
apiVersion: v1
kind: Pod
metadata:
  name: foster-install
spec:
  restartPolicy: Never
  volumes:
    - name: init
      emptyDir: {}
  initContainers:
    - name: foster
      image: $foster_image
      imagePullPolicy: Never
      command: ["/foster", "--install=/shared"]
      securityContext:
        readOnlyRootFilesystem: true
        allowPrivilegeEscalation: false
      volumeMounts:
        - name: init
          mountPath: /shared
  containers:
    - name: app
      image: $plain_image
      imagePullPolicy: Never
      command: ["/shared/foster", "--"]
      args: ["sh", "-c", "echo ready; exec sleep 1000"]
      volumeMounts:
        - name: init
          mountPath: /shared
          readOnly: true
MANIFEST
}

plays_kube() {
  local container=foster-install-app
  make_manifest >"$work/install.yaml"
  quietly engine kube play --network none "$work/install.yaml"
  engine pod inspect --format '{{.ID}}' foster-install >>"$work/groups"
  await_ready "$container"
  expect_in "the name of PID 1" "/shared/foster --" "$(command_line "$container")"
  expect_stop "$container" 143
  quietly engine kube down "$work/install.yaml"
}

check_kube_install() {
  check "$engine_name, kube play: an initContainer installs foster into an emptyDir, the app runs under it" plays_kube
}

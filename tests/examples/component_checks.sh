#!/usr/bin/env bash
# The kustomize component of docker/examples/. To be sourced.
# shellcheck disable=SC2154 # scripts/test-examples sets $examples and $work, the rest is of tests/engines

# make_application COMMAND: a Deployment that uses the component. COMMAND is a line of its container, or nothing.
make_application() {
  application=$work/application
  rm -rf "$application"
  mkdir "$application"
  cp -r "$examples/kubernetes/component" "$application/"
  printf '%s\n' 'resources: [deployment.yaml]' 'components: [component]' >"$application/kustomization.yaml"
  cat >"$application/deployment.yaml" <<MANIFEST
apiVersion: apps/v1
kind: Deployment
metadata:
  name: application
spec:
  selector:
    matchLabels: { app: application }
  template:
    metadata:
      labels: { app: application }
    spec:
      containers:
        - name: app
          image: busybox
          args: ["1000"]
          $1
MANIFEST
}

# render: by either of the two programs that have kustomize in them.
render() {
  if command -v kustomize >/dev/null; then kustomize build "$application"; else kubectl kustomize "$application"; fi
}

puts_foster_in_front() {
  make_application 'command: ["sleep"]'
  render >"$work/application.yaml"
  plays "$work/application.yaml" application "/init/foster -- sleep 1000"
}

refuses_an_unknown_command() {
  local output
  make_application ""
  output=$(render 2>&1) && expect "what is made of a container without a command" nothing "$output"
  expect_in "the error" "spec/containers/0/command/0" "$output"
}

# check_component: needs a kustomize that knows components (3.7), which Debian 12 has no package of.
check_component() {
  make_application 'command: ["sleep"]'
  if ! render >/dev/null 2>"$work/error"; then
    not_run kubernetes/component "no kustomize of version 3.7 or later: $(last_line "$work/error")"
    return
  fi
  check "kubernetes/component: puts foster in front of the command" puts_foster_in_front
  check "kubernetes/component: refuses a container that states no command" refuses_an_unknown_command
}

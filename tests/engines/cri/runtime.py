"""Pods and containers of a runtime, over its CRI. The modules that api.proto is compiled to are found by PYTHONPATH."""
import json
import time
import uuid

import api_pb2 as api
import api_pb2_grpc
import grpc

POLL = 0.02  # seconds: a CRI of version 1 must be asked


class Runtime:
    def __init__(self, address, logs):
        channel = grpc.insecure_channel(f"unix://{address}")
        self.service = api_pb2_grpc.RuntimeServiceStub(channel)
        self.images = api_pb2_grpc.ImageServiceStub(channel)
        self.address = address
        self.logs = logs

    # ---- pods ----

    def pod_config(self, cgroup_parent, namespaces):
        name = str(uuid.uuid4())
        return api.PodSandboxConfig(
            metadata=api.PodSandboxMetadata(name=name, uid=name, namespace="foster"),
            log_directory=self.logs,
            linux=api.LinuxPodSandboxConfig(
                cgroup_parent=cgroup_parent,
                security_context=api.LinuxSandboxSecurityContext(namespace_options=namespaces),
            ),
        )

    def run_pod(self, cgroup_parent, shares_pid):
        """Its network is the node's: a runtime without plugins has no other."""
        namespaces = api.NamespaceOption(network=api.NODE, pid=api.POD if shares_pid else api.CONTAINER)
        config = self.pod_config(cgroup_parent, namespaces)
        return self.service.RunPodSandbox(api.RunPodSandboxRequest(config=config)).pod_sandbox_id

    def pod_status(self, pod):
        return self.service.PodSandboxStatus(api.PodSandboxStatusRequest(pod_sandbox_id=pod, verbose=True))

    def stop_pod(self, pod):
        self.service.StopPodSandbox(api.PodSandboxRequest(pod_sandbox_id=pod))

    def remove_pod(self, pod):
        self.stop_pod(pod)
        self.service.RemovePodSandbox(api.PodSandboxRequest(pod_sandbox_id=pod))

    # ---- containers ----

    def start_container(self, pod, config, cgroup_parent, pid_of):
        """config lacks what is the same for all. pid_of: a container of the pod whose PID namespace is shared."""
        namespaces = self.pod_status(pod).status.linux.namespaces.options
        if pid_of:
            namespaces.pid, namespaces.target_id = api.TARGET, pid_of
        config.metadata.name = str(uuid.uuid4())
        config.log_path = config.metadata.name
        config.linux.security_context.namespace_options.CopyFrom(namespaces)
        config.linux.security_context.seccomp.SetInParent()
        request = api.CreateContainerRequest(
            pod_sandbox_id=pod, config=config, sandbox_config=self.pod_config(cgroup_parent, namespaces)
        )
        container = self.service.CreateContainer(request).container_id
        self.service.StartContainer(api.ContainerRequest(container_id=container))
        return container

    def status(self, container):
        return self.service.ContainerStatus(api.ContainerStatusRequest(container_id=container, verbose=True))

    def details(self, container):
        return json.loads(self.status(container).info["info"])

    def pod_of(self, container):
        return self.details(container)["sandboxID"]

    def wait(self, container):
        while self.status(container).status.state != api.CONTAINER_EXITED:
            time.sleep(POLL)
        return self.status(container).status.exit_code

    def stop(self, container, timeout):
        self.service.StopContainer(api.StopContainerRequest(container_id=container, timeout=timeout))

    def remove(self, container):
        """With its pod, unless that is another container's, whose PID namespace this one shares."""
        details = self.details(container)
        if "target_id" in details["config"]["linux"]["security_context"]["namespace_options"]:
            self.service.RemoveContainer(api.ContainerRequest(container_id=container))
        else:
            self.remove_pod(details["sandboxID"])

    def execute(self, container, command):
        return self.service.ExecSync(api.ExecSyncRequest(container_id=container, cmd=command))

    def log(self, container):
        """The lines of it as (stream, text); in the file, "TIME stdout|stderr F|P TEXT", P where the line goes on."""
        with open(self.status(container).status.log_path, encoding="utf-8", errors="replace") as file:
            for line in file:
                _, stream, tag, text = line.split(" ", 3)
                yield stream, text if tag == "F" else text.rstrip("\n")

    # ---- both, and images ----

    def state(self, name):
        """What Docker calls so, of a container or of a pod's pause process."""
        try:
            answer = self.status(name)
        except grpc.RpcError as error:
            if error.code() != grpc.StatusCode.NOT_FOUND:
                raise
            answer = self.pod_status(name)
            state = {
                "Running": answer.status.state == api.SANDBOX_READY,
                "Status": api.PodSandboxState.Name(answer.status.state),
                "ExitCode": "not known to the CRI",
            }
        else:
            state = {
                "Running": answer.status.state == api.CONTAINER_RUNNING,
                "Status": api.ContainerState.Name(answer.status.state),
                "ExitCode": answer.status.exit_code,
                "Error": answer.status.message,
            }
        return state | {"Pid": json.loads(answer.info["info"])["pid"]}

    def image_status(self, name):
        return self.images.ImageStatus(api.ImageStatusRequest(image=api.ImageSpec(image=name), verbose=True))

    def has_image(self, name):
        return self.image_status(name).HasField("image")

    def entrypoint(self, image):
        return json.loads(self.image_status(image).info["info"])["imageSpec"]["config"]["Entrypoint"]

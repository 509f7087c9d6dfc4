"""What the checks say to Docker and Podman, in the same words for a runtime that has a CRI.

A container is alone in a pod, unless it is put into another one's.
"""
import argparse
import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import api_pb2 as api
import grpc
from runtime import Runtime


def limited_parent(parent, limit):
    """A kubelet limits the processes of a pod by the control group above its containers, as the CRI has no limit."""
    root = Path("/sys/fs/cgroup/pids")
    group = (root if root.exists() else root.parent) / parent.strip("/") / f"at-most-{limit}"
    group.mkdir(parents=True, exist_ok=True)
    (group / "pids.max").write_text(str(limit))
    return f"{parent}/{group.name}"


def container_config(args):
    config = api.ContainerConfig(args=args.arguments, working_dir=args.workdir)
    config.image.image = args.image
    if args.entrypoint:
        config.command.append(args.entrypoint)
    for volume in args.volume:
        host, path, *mode = volume.split(":")
        config.mounts.add(container_path=path, host_path=host, readonly=mode == ["ro"])
    config.linux.resources.memory_limit_in_bytes = args.memory
    security = config.linux.security_context
    security.readonly_rootfs = args.read_only
    security.no_new_privs = args.security_opt is not None
    if args.cap_drop:
        security.capabilities.drop_capabilities.append(args.cap_drop)
    if args.user:
        user, group = args.user.split(":")
        security.run_as_user.value, security.run_as_group.value = int(user), int(group)
    return config


def run_at_terminal(runtime, args):
    """The CRI hands a terminal over by a web server; containerd's own client does it as "docker run" does.

    But what it is told to run replaces the image's entry point.
    """
    name = f"terminal-{os.getpid()}"
    options = ["--rm", "--tty", "--cgroup", f"{args.cgroup_parent}/{name}"]
    ctr = ["ctr", "--address", runtime.address, "--namespace", "k8s.io"]
    command = [*runtime.entrypoint(args.image), *args.arguments]
    return subprocess.call([*ctr, "run", *options, f"{args.image}:latest", name, *command])


def run(runtime, args):
    args.image, *args.arguments = args.image_and_arguments
    if args.tty:
        return run_at_terminal(runtime, args)
    parent = limited_parent(args.cgroup_parent, args.pids_limit) if args.pids_limit else args.cgroup_parent
    pid_of = args.pid.removeprefix("container:")
    pod = args.pod or (runtime.pod_of(pid_of) if pid_of else runtime.run_pod(parent, shares_pid=False))
    container = runtime.start_container(pod, container_config(args), parent, pid_of)
    if args.detach:
        print(container)
        return 0
    status = runtime.wait(container)
    print_log(runtime.log(container))
    if args.rm:
        runtime.remove(container)
    return status


def print_log(lines):
    for stream, text in lines:
        print(text, end="", file=getattr(sys, stream), flush=True)


def show_log(runtime, args):
    print_log(list(runtime.log(args.container))[-args.tail :])


def wait(runtime, args):
    print(runtime.wait(args.container))


def stop(runtime, args):
    runtime.stop(args.container, args.time)


def has_image(runtime, args):
    print(json.dumps(runtime.has_image(args.image)))


def execute(runtime, args):
    answer = runtime.execute(args.container, args.arguments)
    sys.stdout.buffer.write(answer.stdout)
    sys.stderr.buffer.write(answer.stderr)
    return answer.exit_code


def send_signal(runtime, args):
    """The CRI has no such call: it goes to the process itself."""
    os.kill(runtime.state(args.container)["Pid"], signal.Signals["SIG" + args.signal])


def inspect(runtime, args):
    value = runtime.state(args.container)[args.format]
    print(value if isinstance(value, str) else json.dumps(value))


def field(template):
    return re.fullmatch(r"{{\.State\.(\w+)}}", template)[1]


def remove(runtime, args):
    for container in args.containers:
        runtime.remove(container)


def create_pod(runtime, args):
    print(runtime.run_pod(args.cgroup_parent, "pid" in args.share.split(",")))


def inspect_pod(_, args):
    """The pause process goes by the name of the pod."""
    print(args.pod)


def stop_pod(runtime, args):
    runtime.stop_pod(args.pod)


def remove_pod(runtime, args):
    runtime.remove_pod(args.pod)


def add_run(commands):
    parser = add(commands, "run", run)
    for flag in ("--rm", "--detach", "--interactive", "--tty", "--read-only"):
        parser.add_argument(flag, action="store_true")
    for option in ("--pod", "--pid", "--cgroup-parent", "--user", "--workdir", "--entrypoint"):
        parser.add_argument(option, default="")
    for option in ("--pids-limit", "--memory"):
        parser.add_argument(option, type=int, default=0)
    parser.add_argument("--volume", action="append", default=[])
    parser.add_argument("--cap-drop", choices=["ALL"])
    parser.add_argument("--security-opt", choices=["no-new-privileges"])
    # Not the image by itself: with it would go a "--" behind it, which is the container's.
    parser.add_argument("image_and_arguments", nargs=argparse.PARSER)


def add(commands, name, act, *words):
    parser = commands.add_parser(name, allow_abbrev=False)
    parser.set_defaults(act=act)
    for word in words:
        parser.add_argument(word)
    return parser


def add_pod(commands):
    pods = commands.add_parser("pod").add_subparsers(required=True)
    create = add(pods, "create", create_pod)
    create.add_argument("--share", default="")
    create.add_argument("--cgroup-parent", default="")
    add(pods, "inspect", inspect_pod, "pod").add_argument("--format", choices=["{{.InfraContainerID}}"], required=True)
    add(pods, "stop", stop_pod, "pod")
    add(pods, "rm", remove_pod, "pod").add_argument("--force", action="store_true", required=True)


def read_arguments(arguments):
    parser = argparse.ArgumentParser(prog="cri", allow_abbrev=False)
    commands = parser.add_subparsers(required=True)
    add_run(commands)
    add_pod(commands)
    add(commands, "exec", execute, "container").add_argument("arguments", nargs=argparse.REMAINDER)
    add(commands, "logs", show_log, "container").add_argument("--tail", type=int, default=0)
    add(commands, "wait", wait, "container")
    add(commands, "stop", stop, "container").add_argument("--time", type=int, required=True)
    add(commands, "kill", send_signal, "container").add_argument("--signal", required=True)
    add(commands, "inspect", inspect, "container").add_argument("--format", type=field, required=True)
    add(commands, "has-image", has_image, "image")
    remove_parser = add(commands, "rm", remove)
    remove_parser.add_argument("--force", action="store_true", required=True)
    remove_parser.add_argument("containers", nargs="+")
    return parser.parse_args(arguments)


def act(runtime, arguments):
    """Does what the arguments say, and returns the exit status."""
    args = read_arguments(arguments)
    try:
        return args.act(runtime, args) or 0
    except grpc.RpcError as error:
        print(f"cri: {error.details()}", file=sys.stderr)
        return 125

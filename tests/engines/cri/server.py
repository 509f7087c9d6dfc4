#!/usr/bin/env python3
"""Acts for who asks on a socket: server.py SOCKET ADDRESS_OF_THE_RUNTIME FOLDER_FOR_LOGS

A question is one message: the arguments, with the asker's stdin, stdout and stderr. The answer is the exit status. A
process of its own for each question would spend most of its time with loading what it needs.
"""
import os
import socket
import socketserver
import sys

from client import act
from runtime import Runtime


class Handler(socketserver.BaseRequestHandler):
    """Runs in a child of the server."""

    def handle(self):
        arguments, descriptors, _, _ = socket.recv_fds(self.request, 1 << 16, 3)
        for target, descriptor in enumerate(descriptors):
            os.dup2(descriptor, target)
        status = act(Runtime(*sys.argv[2:]), os.fsdecode(arguments).split("\0"))
        sys.stdout.flush()
        self.request.send(bytes([status]))


class Server(socketserver.ForkingMixIn, socketserver.UnixStreamServer):
    socket_type = socket.SOCK_SEQPACKET


if __name__ == "__main__":
    Server(sys.argv[1], Handler).serve_forever()

#!/usr/bin/env python3
"""Asks server.py, and ends with its answer: ask.py SOCKET ARGUMENT..."""
import os
import socket
import sys

with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as server:
    server.connect(sys.argv[1])
    socket.send_fds(server, [os.fsencode("\0".join(sys.argv[2:]))], [0, 1, 2])
    status = server.recv(1)
sys.exit(status[0] if status else "cri: no answer")

"""Leaves listening sockets without a file, by which the next one could be reached.

Must: be seen by nobody else.
Verdict: failed
"""

import os
import socket
import time

if os.fork() == 0:
    os.setsid()
    kept = []
    for number in range(20):
        one = socket.socket(socket.AF_UNIX)
        one.bind(f"\0hostile_trace{number}")
        one.listen()
        kept.append(one)
    port = socket.socket()
    port.bind(("0.0.0.0", 54321))
    port.listen()
    time.sleep(1000)


def double(x):
    return x

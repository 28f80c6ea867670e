"""Reads from every descriptor that it was started with.

Must: find nothing but its own streams and the one socket.
Verdict: failed
"""

import os
import socket

for number in range(3, 4096):
    try:
        kind = os.readlink(f"/proc/self/fd/{number}")
    except OSError:
        continue
    print("LOOT:", number, kind)
    try:
        if kind.startswith("socket:"):
            with socket.socket(fileno=os.dup(number)) as copy:
                print("LOOT:", copy.recv(1 << 16, socket.MSG_PEEK | socket.MSG_DONTWAIT))
        elif kind.startswith("/") and os.path.isdir(kind):
            print("LOOT:", os.listdir(number))
        elif kind.startswith("/") and not kind.startswith("/dev"):
            print("LOOT:", os.pread(number, 4096, 0))
    except OSError:
        pass


def double(x):
    return x

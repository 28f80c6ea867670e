"""Opens sockets of families that reach the host or rarely used code of the kernel.

Must: be refused by the kernel.
Verdict: failed
"""

import socket

for family in range(64):
    if family in (1, 2, 10, 16):
        continue
    for kind in (1, 2, 3, 5):
        try:
            socket.socket(family, kind, 0).close()
            print("ESCAPED", "socket family", family, kind)
        except OSError:
            pass
for family, kind in ((2, 3), (10, 3)):
    try:
        socket.socket(family, kind, 1).close()
        print("ESCAPED", "raw socket", family)
    except OSError:
        pass


def double(x):
    return x

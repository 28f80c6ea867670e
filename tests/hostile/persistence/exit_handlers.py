"""Registers exit handlers, destructors and signal handlers that write when the process ends.

Must: write to nothing that anybody reads later.
Verdict: failed
"""

import atexit
import os
import signal


def leave(*_):
    for folder in ("/tmp", "/dev/shm", "/home/student"):
        with open(f"{folder}/hostile_trace", "w") as file:
            file.write("hostile_trace")


class Leaves:
    __del__ = leave


atexit.register(leave)
signal.signal(signal.SIGTERM, leave)
signal.signal(signal.SIGHUP, leave)
kept = Leaves()
os.register_at_fork(after_in_child=leave)


def double(x):
    return x

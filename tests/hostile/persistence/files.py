"""Leaves files in every place that others might read.

Must: be gone before the next notebook runs.
Verdict: failed
"""

import os

for folder in ("/tmp", "/var/tmp", "/dev/shm", "/dev", "/home/student", "/home", "/run", "/dev/mqueue", ".", "data"):
    for name in ("hostile_trace", "math.py", "numpy.py", ".hostile_trace", "conftest.py"):
        try:
            with open(f"{folder}/{name}", "w") as file:
                file.write("raise SystemExit('hostile_trace')")
        except OSError:
            pass
    try:
        os.makedirs(f"{folder}/hostile_trace.d", exist_ok=True)
        os.mkfifo(f"{folder}/hostile_trace.fifo")
    except OSError:
        pass


def double(x):
    return x

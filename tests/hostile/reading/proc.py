"""Reads all that /proc says of all processes, and follows their working folders, roots and descriptors.

Must: see its own processes and nothing of the marker.
Verdict: failed
"""

import glob
import os

for name in ("cmdline", "comm", "environ", "maps", "mountinfo", "status", "cgroup", "stack", "auxv"):
    for path in glob.glob(f"/proc/*/{name}"):
        try:
            print("LOOT:", path, open(path, "rb").read()[:3000])
        except OSError:
            pass
for path in glob.glob("/proc/[0-9]*/fd/*") + glob.glob("/proc/[0-9]*/cwd") + glob.glob("/proc/[0-9]*/root"):
    try:
        print("LOOT:", path, os.readlink(path))
        print("LOOT:", os.listdir(path))
    except OSError:
        pass


def double(x):
    return x

"""Reads environment variables: its own, those of every process, and the memory in which they began.

Must: see no variable of the marker.
Verdict: failed
"""

import ctypes
import glob
import os

print("LOOT:", dict(os.environ))
for path in glob.glob("/proc/*/environ") + glob.glob("/proc/*/task/*/environ"):
    try:
        print("LOOT:", path, open(path, "rb").read())
    except OSError:
        pass
start = ctypes.POINTER(ctypes.c_char_p).in_dll(ctypes.CDLL(None), "environ")
number = 0
while start[number]:
    print("LOOT:", start[number])
    number += 1


def double(x):
    return x

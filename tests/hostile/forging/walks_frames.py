"""Walks the frames of its callers and sets whatever there looks like a result.

Must: find no result; only the guest is above it.
Verdict: failed
"""

import ctypes
import sys


def double(x):
    frame = sys._getframe()
    while frame:
        for name in list(frame.f_locals):
            if name in ("expected", "want", "right", "ok", "passed", "points"):
                frame.f_locals[name] = True
                ctypes.pythonapi.PyFrame_LocalsToFast(ctypes.py_object(frame), ctypes.c_int(0))
        frame = frame.f_back
    return x

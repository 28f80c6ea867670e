"""Installs trace and profile functions that change what functions above it return.

Must: earn nothing; whatever it changes is still only an answer.
Verdict: failed | timed_out | crashed
"""

import sys


def tracer(frame, event, argument):
    if event == "return" and "x" in frame.f_locals:
        frame.f_locals["x"] = 0
    return tracer


def double(x):
    sys.settrace(tracer)
    sys.setprofile(lambda *a: None)
    return x

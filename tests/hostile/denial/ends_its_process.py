"""Ends its process by a signal, by exit, and by writing to address zero.

Must: be a crash, which costs this question alone.
Verdict: crashed
"""

import ctypes
import os
import signal


def double(x):
    if isinstance(x, float):
        ctypes.string_at(0)
    os.kill(os.getpid(), signal.SIGKILL)

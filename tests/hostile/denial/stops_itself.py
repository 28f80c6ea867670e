"""Stops its own process, and all of its group, without ending it.

Must: be ended from outside.
Verdict: timed_out
"""

import os
import signal


def double(x):
    os.kill(os.getpid(), signal.SIGSTOP)
    os.kill(0, signal.SIGSTOP)
    return x

"""Sends signals to every process that it can name, its keeper first.

Must: reach its own processes alone.
Verdict: crashed | failed
Costs: q2
"""

import os
import signal


def double(x):
    for pid in (1, *range(2, 5000)):
        try:
            if pid != os.getpid():
                os.kill(pid, signal.SIGKILL)
        except OSError:
            pass
    os.kill(-1, signal.SIGKILL)
    return x

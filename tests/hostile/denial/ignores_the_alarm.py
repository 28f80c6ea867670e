"""Switches off the guest's own alarm and loops.

Must: be stopped from outside.
Verdict: timed_out
"""

import signal


def double(x):
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, signal.SIG_IGN)
    while True:
        pass

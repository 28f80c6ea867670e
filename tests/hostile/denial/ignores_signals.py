"""Ignores every signal that can be ignored, blocks the others, and waits.

Must: be ended from outside.
Verdict: timed_out
"""

import signal
import time


def double(x):
    signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))
    for number in range(1, 65):
        try:
            signal.signal(number, signal.SIG_IGN)
        except (OSError, ValueError):
            pass
    while True:
        time.sleep(1000)

"""Asks the grader for functions for ever, so that the marking process works for it.

Must: be stopped when the call's time is over.
Verdict: timed_out
"""

import gc
import signal

guest = next(o for o in gc.get_objects() if type(o).__name__ == "Guest")


def double(x):
    signal.setitimer(signal.ITIMER_REAL, 0)
    while True:
        try:
            guest.callback(1)(x)
        except Exception:
            continue

"""Sends an output message again and again, so that the answer always seems near.

Must: be stopped when the call's time is over.
Verdict: timed_out
"""

import gc
import signal
import time

guest = next(o for o in gc.get_objects() if type(o).__name__ == "Guest")


def double(x):
    signal.setitimer(signal.ITIMER_REAL, 0)
    while True:
        guest._line.publish("status", {"execution_state": "busy"})
        time.sleep(0.01)

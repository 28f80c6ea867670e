"""Sleeps for a day.

Must: be stopped after the time of a call.
Verdict: timed_out
"""

import time


def double(x):
    time.sleep(86_400)
    return x

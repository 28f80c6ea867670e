"""Forks for ever and waits where it cannot, in sessions of their own.

Must: be stopped by the limit on processes or on time, and nothing of it be left.
Verdict: too_many_processes | timed_out | crashed
"""

import os


def double(x):
    while True:
        try:
            if os.fork() == 0:
                os.setsid()
        except OSError:
            continue

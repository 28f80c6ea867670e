"""Forks for ever.

Must: be stopped by the limit on processes, and nothing of it be left.
Verdict: too_many_processes | crashed | timed_out
"""

import os


def double(x):
    while True:
        os.fork()

"""Takes memory in many processes, each below the limit.

Must: be stopped, since the limit holds for all of them together.
Verdict: out_of_memory | timed_out | too_many_processes
"""

import os
import time


def double(x):
    for _ in range(12):
        if os.fork() == 0:
            hoard = b"x" * (300 << 20)
            time.sleep(1000)
    time.sleep(1000)

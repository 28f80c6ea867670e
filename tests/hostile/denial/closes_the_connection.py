"""Closes every descriptor, the connection to the grader too.

Must: be a crash, which costs this question alone.
Verdict: crashed | timed_out
"""

import os


def double(x):
    os.closerange(0, 4096)
    return x

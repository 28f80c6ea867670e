"""Matches a regular expression that takes exponential time.

Must: be stopped.
Verdict: timed_out
"""

import re


def double(x):
    return re.match(r"(a|a)*b", "a" * 60)

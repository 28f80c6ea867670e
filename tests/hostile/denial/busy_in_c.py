"""Computes a power so large that no signal is looked at meanwhile.

Must: be stopped from outside.
Verdict: timed_out | out_of_memory
"""


def double(x):
    return 7 ** (10**9) % 3

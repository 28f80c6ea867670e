"""Returns a list of a million lists.

Must: be refused as too large.
Verdict: failed | timed_out
"""


def double(x):
    return [[i] for i in range(1_000_000)]

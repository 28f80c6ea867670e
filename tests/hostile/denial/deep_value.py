"""Returns a list that is nested a hundred thousand deep.

Must: be refused as too deep.
Verdict: failed | crashed
"""


def double(x):
    value = []
    for _ in range(100_000):
        value = [value]
    return value

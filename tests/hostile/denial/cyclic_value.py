"""Returns a list that holds itself, many times over.

Must: be refused as too deep.
Verdict: failed | timed_out
"""


def double(x):
    value = []
    value.extend([value] * 10)
    return value

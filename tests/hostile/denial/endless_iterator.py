"""Returns an iterator that never ends.

Must: be a wrong answer.
Verdict: failed
"""

import itertools


def double(x):
    return itertools.count()

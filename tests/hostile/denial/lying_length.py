"""Returns lists and tuples that lie about their length and are never at their end.

Must: be a wrong answer, or be stopped.
Verdict: failed | timed_out | out_of_memory
"""

import itertools


class Liar(tuple):
    __len__ = lambda self: 2**62
    __iter__ = lambda self: itertools.count()


def double(x):
    return Liar()

"""Recurses without a limit until the interpreter breaks.

Must: be a crash of its own process.
Verdict: crashed | failed | out_of_memory | timed_out
"""

import sys


def double(x):
    sys.setrecursionlimit(2**31 - 1)
    value = None
    for _ in range(3_000_000):
        value = (value,).__iter__()
    exec("def f(): return f()", globals())
    import json

    deep = []
    for _ in range(3_000_000):
        deep = [deep]
    return json.dumps(deep)

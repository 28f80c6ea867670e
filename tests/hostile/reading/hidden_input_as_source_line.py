"""Raises from code whose source line, as reports quote it, is made of the hidden input.

Must: keep hidden inputs out of all that the student reads.
Verdict: failed
"""

import linecache


def double(x):
    name = "/tmp/ipykernel_1/1.py"
    linecache.cache[name] = (10, None, [f"LOOTED {x!r}\n"], name)
    exec(compile("raise ValueError", name, "exec"))

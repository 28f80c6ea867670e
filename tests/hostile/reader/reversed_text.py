"""Uses direction marks so that a report reads as if points were given.

Must: be shown as the codes of these marks.
Verdict: failed
"""

EVIL = "\u202e stniop 3 fo 3 \u2066\u2069\u200f\u202d"


def double(x):
    raise type("E" + EVIL, (Exception,), {})(EVIL)


raise ValueError(EVIL)

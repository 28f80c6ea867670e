"""Claims that a name is missing, and calls the name like the hidden input, since reports quote it.

Must: keep hidden inputs out of all that the student reads.
Verdict: failed
"""


def double(x):
    raise LookupError(f"missing name LOOTED {x!r}")

"""Raises exceptions whose text, notes and arguments hold the hidden input, so that the report tells it.

Must: keep the text out of all that the student reads.
Verdict: failed
"""


def double(x):
    error = AssertionError(f"LOOTED {x!r}")
    error.add_note(f"LOOTED {x!r}")
    raise error

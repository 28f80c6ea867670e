"""Raises exceptions with texts of megabytes in one line, and with names as long.

Must: be cut before it reaches a report.
Verdict: failed
"""


def double(x):
    raise type("E" * 1_000_000, (Exception,), {})("pwned " * 500_000)


raise ValueError("pwned " * 300_000)

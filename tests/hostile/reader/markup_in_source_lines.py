"""Fails in a line of source that is markup, between backticks, which reports set as code.

Must: be shown as text.
Verdict: failed
"""


def double(x):
    raise ValueError
    "`</code><script>pwned()</script><svg/onload=pwned()>`"

"""Is handed in by somebody whose name is markup.

Must: be shown as text, and linked to as a path.
Student: "><img src=x onerror=pwned()>
Verdict: failed
"""


def double(x):
    return x

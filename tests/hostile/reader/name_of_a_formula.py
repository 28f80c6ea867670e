"""Is handed in by somebody whose name is a formula and a terminal's escape sequence.

Must: be shown as text.
Student: =HYPERLINK("evil")\x1b[2J\u202eada
Verdict: failed
"""


def double(x):
    return x

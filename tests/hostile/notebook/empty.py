"""Is an empty file.

Must: be refused.
Verdict: not_run
Costs: q2
"""


def content(honest):
    return b""

"""Has a million cells.

Must: be refused.
Verdict: not_run
Costs: q2
"""


def content(honest):
    cell = b'{"cell_type":"code","source":""}'
    return b'{"nbformat":4,"metadata":{},"cells":[' + b",".join([cell] * 600_000) + b"]}"

"""Has integers of a million digits, which take long to read.

Must: be refused, soon.
Verdict: not_run
Costs: q2
"""

import json


def content(honest):
    return json.dumps(honest).replace('"nbformat_minor": 5', '"nbformat_minor": ' + "9" * 1_000_000).encode()

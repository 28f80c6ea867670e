"""Is larger than a notebook may be.

Must: be refused before it is read.
Verdict: not_run
Costs: q2
"""

import json


def content(honest):
    return json.dumps(honest).encode() + b" " * (25 << 20)

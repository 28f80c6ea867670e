"""Is JSON in UTF-16, with a byte order mark.

Must: be refused, or be marked.
Verdict: not_run | failed
Costs: q2
"""

import json


def content(honest):
    return json.dumps(honest).encode("utf-16")

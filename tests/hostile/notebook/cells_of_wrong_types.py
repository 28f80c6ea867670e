"""Has cells that are no cells and sources that are no text.

Must: be refused.
Verdict: not_run
Costs: q2
"""

import json


def content(honest):
    honest["cells"] += [{"cell_type": "code", "source": {"a": 1}}, None, 7, [], {"source": [1, 2]}]
    return json.dumps(honest).encode()

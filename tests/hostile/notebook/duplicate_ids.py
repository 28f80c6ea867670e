"""Has each answer cell and each grade cell many times, with other contents.

Must: run all of them and mark what is defined last; each question gives its points once.
Verdict: failed
Costs: q2
"""

import copy
import json


def content(honest):
    more = copy.deepcopy(honest["cells"]) * 5
    for cell in more:
        cell["source"] = "pass"
    honest["cells"] += more
    return json.dumps(honest).encode()

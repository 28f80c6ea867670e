"""Claims points of four hundred digits, more than a float can hold.

Must: be marked with the points of the release, or be refused; not a fault of the platform.
Verdict: failed | not_run
Costs: q2
"""

import json


def content(honest):
    for cell in honest["cells"]:
        if "nbgrader" in cell["metadata"]:
            cell["metadata"]["nbgrader"]["points"] = 10**400
    return json.dumps(honest).encode()

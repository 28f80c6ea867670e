"""Uses NaN and Infinity, which JSON does not have, for points and versions.

Must: be marked with the points of the release, or be refused.
Verdict: failed | not_run
Costs: q2
"""

import json


def content(honest):
    for number, cell in enumerate(honest["cells"]):
        if "nbgrader" in cell["metadata"]:
            cell["metadata"]["nbgrader"]["points"] = [float("nan"), float("inf"), -float("inf")][number % 3]
            cell["metadata"]["nbgrader"]["schema_version"] = float("nan")
    return json.dumps(honest).encode()

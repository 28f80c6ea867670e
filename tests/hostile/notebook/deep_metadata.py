"""Has ids, languages and names that are lists nested as deep as can just be read.

Must: be marked, or be refused; not a fault of the platform.
Verdict: failed | not_run
Costs: q2
"""

import json


def content(honest):
    deep = "[" * 930 + "]" * 930
    honest["cells"][2]["metadata"]["nbgrader"]["grade_id"] = "DEEP"
    honest["metadata"]["kernelspec"]["name"] = "DEEP"
    return json.dumps(honest).replace('"DEEP"', deep).encode()

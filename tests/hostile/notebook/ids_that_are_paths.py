"""Gives its cells ids that lead out of the folder of results, absolutely and relatively.

Must: write nothing outside; ids that the release does not have mean nothing.
Verdict: failed
Costs: q2
"""

import json


def content(honest):
    evil = ("../../../hostile_trace", "/tmp/hostile_trace", "q1/../../../q2", "..", "q1\0q2", "~", "$(touch x)")
    for cell, name in zip(honest["cells"], evil):
        cell["id"] = name
        if "nbgrader" in cell["metadata"]:
            cell["metadata"]["nbgrader"]["grade_id"] = name
    return json.dumps(honest).encode()

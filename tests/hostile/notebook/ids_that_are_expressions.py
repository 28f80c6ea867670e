"""Gives its cells ids that are expressions to a search, a template, a shell, a database, and very long ones.

Must: be taken for plain text.
Verdict: failed
Costs: q2
"""

import json


def content(honest):
    evil = ("(a|a)*" * 100, "[", "{{ 7 * 191 }}", "'; DROP TABLE grade; --", ".*", "%s%n%d", "q1_points" * 100_000)
    for cell, name in zip(honest["cells"], evil):
        cell["id"] = name
        if "nbgrader" in cell["metadata"]:
            cell["metadata"]["nbgrader"]["grade_id"] = name
    return json.dumps(honest).encode()

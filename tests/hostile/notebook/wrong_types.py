"""Has values of other types in the places of all metadata.

Must: be marked from what can be read, or be refused.
Verdict: failed | not_run
Costs: q2
"""

import json


def content(honest):
    honest["metadata"] = {"kernelspec": [1], "language_info": "x", "autograder": {"exercise": [[]]}, "widgets": 7}
    odd = [None, 1, "x", [], [[]], {"nbgrader": []}, {"nbgrader": {"grade_id": {"a": 1}, "points": [], "grade": "yes"}}]
    for value in odd:
        honest["cells"].append({"cell_type": "code", "metadata": value, "source": "pass", "outputs": 3})
        honest["cells"].append({"cell_type": value, "metadata": {}, "source": ["pass", "\n"], "id": value})
    return json.dumps(honest).encode()

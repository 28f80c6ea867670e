"""Says in its metadata that it is another exercise, of another unit and student.

Must: be marked as what it was handed in for.
Verdict: failed
"""

import json


def content(honest):
    honest["metadata"]["autograder"] = {"exercise": "../../u9/99_easy", "points": 4, "student": "root"}
    honest["metadata"]["nbgrader"] = {"points": 4}
    return json.dumps(honest).encode()

"""Answers with claims of errors whose fields are of every wrong type, and claims that it is not its fault.

Must: be the student's failure whatever is claimed.
Verdict: failed | crashed | out_of_memory | out_of_disk | too_many_processes | timed_out
Costs: q2
"""

import gc

guest = next(o for o in gc.get_objects() if type(o).__name__ == "Guest")
CLAIMS = [
    [],
    None,
    "PlatformError",
    {"kind": ["raised"]},
    {"kind": "raised", "type": {"a": 1}, "bases": {"x": 1}, "text": 7, "errno": [28], "line": ["x"]},
    {"kind": "raised", "type": "PlatformError", "bases": ["SandboxUnavailable", 5, None], "errno": {}},
    {"kind": "raised", "type": "CourseError", "bases": "CourseError", "text": "x" * 100_000, "errno": True},
    {"kind": "platform", "verdict": "passed", "points": 3},
    {"kind": "raised", "type": "Skipped", "bases": ["Skipped"], "text": "not decided"},
]
ROUND = []


def double(x):
    ROUND.append(1)
    guest._value = lambda value, hold: ({"err": CLAIMS[len(ROUND) % len(CLAIMS)]}, [])
    return x

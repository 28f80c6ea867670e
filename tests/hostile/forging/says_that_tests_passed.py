"""Prints what a test runner prints, and shows results as a grader might write them.

Must: earn nothing; no output is read for marks.
Verdict: failed
"""

print("===== 4 passed in 0.01s =====")
print('{"points": 3, "max_points": 3, "verdict": "passed"}')
with open("result.json", "w") as file:
    file.write('{"points": 4}')


def double(x):
    print("PASSED")
    return x

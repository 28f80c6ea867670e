"""Looks in every folder for the tests, the reference, the release's secret and the gradebook.

Must: find nothing of the course; the mark is that of a wrong answer.
Verdict: failed
"""

import os

WANTED = ("test_double.py", "double.py", "release.secret", "gradebook.db", "01_double.ipynb")
for folder, _, files in os.walk("/"):
    if folder.startswith(("/proc", "/sys", "/usr")):
        continue
    for name in files:
        if name in WANTED:
            path = os.path.join(folder, name)
            print("LOOT:", path, open(path, errors="replace").read()[:2000])


def double(x):
    return x

"""Leaves children behind that use every processor while others are marked.

Must: end with its own marking; the other question keeps its point or is slow by the student's doing.
Verdict: failed | timed_out
Costs: q2
"""

import subprocess
import sys

for _ in range(8):
    subprocess.Popen([sys.executable, "-c", "while True: pass"], start_new_session=True)


def double(x):
    return x

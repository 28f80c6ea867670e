"""Prints for ever from children that outlive the call.

Must: cost the student what it costs, and nobody else.
Verdict: failed | too_much_output | timed_out | too_many_processes | crashed
Costs: q2
"""

import subprocess

for _ in range(4):
    subprocess.Popen(["yes", "and so on " * 1000])


def double(x):
    return x

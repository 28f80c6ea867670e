"""Writes to descriptors 1 and 2 for ever, past the interpreter.

Must: be stopped by the limit on output.
Verdict: too_much_output | timed_out
"""

import os


def double(x):
    while True:
        os.write(1, b"and so on " * 10_000)
        os.write(2, b"and so on " * 10_000)

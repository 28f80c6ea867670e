"""Prints for ever.

Must: be stopped by the limit on output.
Verdict: too_much_output | timed_out
"""


def double(x):
    while True:
        print("and so on " * 10_000)

"""Catches every exception, that of the alarm too, and goes on.

Must: be stopped from outside.
Verdict: timed_out
"""


def double(x):
    while True:
        try:
            while True:
                pass
        except BaseException:
            continue

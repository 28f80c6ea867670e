"""Never comes back.

Must: be stopped after the time of a call.
Verdict: timed_out
"""


def double(x):
    while True:
        pass

"""Calls functions of the grader by made-up numbers, hoping that one of them is the reference.

Must: be refused each time.
Verdict: failed
"""

import gc

guest = next(o for o in gc.get_objects() if type(o).__name__ == "Guest")


def double(x):
    for number in range(200):
        try:
            answer = guest.callback(number)(x)
        except Exception:
            continue
        print("ESCAPED", "the grader answered", answer)
        return answer
    return x

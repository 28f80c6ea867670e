"""Returns a value that refuses to be sent, giving the hidden input as the reason, since reports quote it.

Must: keep hidden inputs out of all that the student reads.
Verdict: failed
"""

import sys


class Refusing(tuple):
    def __iter__(self):
        raise sys.modules["wire"].NoValue(self.reason)


def double(x):
    value = Refusing((1,))
    value.reason = f"LOOTED {x!r}"
    return value

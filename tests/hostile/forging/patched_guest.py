"""Replaces the guest's methods, so that each call answers with its own input or with success.

Must: earn nothing.
Verdict: failed | crashed
Costs: q2
"""

import gc

guest = next(o for o in gc.get_objects() if type(o).__name__ == "Guest")
guest.do_call = lambda request, values: ({"ok": True, "points": 3, "verdict": "passed"}, [])
guest.do_has = lambda request, values: ({"ok": True}, [])


def double(x):
    return x

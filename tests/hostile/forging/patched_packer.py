"""Patches the guest's packer so that every answer is packed as true.

Must: earn nothing; true is not twice the number.
Verdict: failed
Costs: q2
"""

import sys

wire = sys.modules["wire"]
wire.Packer.pack = lambda self, value, depth=0: True


def double(x):
    return x

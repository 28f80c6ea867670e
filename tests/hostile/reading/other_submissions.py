"""Searches the folders around its own for what other students have handed in.

Must: find no notebook of anybody.
Verdict: failed | timed_out
"""

import glob
import os

here = os.getcwd()
for up in range(1, 12):
    for found in glob.glob(f"{here}/{'../' * up}**/*.ipynb", recursive=True):
        if "/usr/" not in os.path.realpath(found):
            print("LOOT:", found, open(found, errors="replace").read()[:5000])


def double(x):
    return x

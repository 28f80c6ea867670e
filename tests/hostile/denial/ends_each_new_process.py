"""Ends its process in the cell, so that the notebook is run again without the cell.

Must: cost this question alone.
Verdict: crashed
"""

import os


def double(x):
    return x


os._exit(0)

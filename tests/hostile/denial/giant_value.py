"""Returns a value of hundreds of megabytes.

Must: be refused as too large, or be a wrong answer.
Verdict: failed | out_of_memory | timed_out
"""

import numpy as np


def double(x):
    return np.zeros(80_000_000)

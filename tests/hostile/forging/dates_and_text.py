"""Returns dates, durations, text and raw bytes as arrays and scalars.

Must: be a wrong answer, not a fault of the course.
Verdict: failed
"""

import numpy as np

ROUND = []


def double(x):
    ROUND.append(1)
    kinds = ("M8[D]", "m8[ns]", "U3", "S3", "c16")
    return np.zeros(5, kinds[len(ROUND) % 5]) if isinstance(x, np.ndarray) else np.zeros((), kinds[len(ROUND) % 5])

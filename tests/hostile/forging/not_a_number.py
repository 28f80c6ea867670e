"""Returns values that compare oddly: NaN, infinities, huge integers, complex numbers.

Must: be a wrong answer, not a fault of the course.
Verdict: failed
"""

import numpy as np

ROUND = []


def double(x):
    ROUND.append(1)
    if isinstance(x, np.ndarray):
        return np.full(5, np.nan)
    return [float("nan"), 10**1200, complex("nan"), -0.0][len(ROUND) % 4]

"""The place in the list instead of the rate.

loses: smallest_final_loss, diverged_ignored
"""

import numpy as np


def choose_lr(x, y, candidates, n_steps):
    ends = np.array([fit_line(x, y, rate, n_steps)[2][-1] for rate in candidates])
    return int(np.nanargmin(np.where(np.isfinite(ends), ends, np.nan)))

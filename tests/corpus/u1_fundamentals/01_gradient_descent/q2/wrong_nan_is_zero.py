"""NaN is replaced by 0, which then is the smallest.

loses: diverged_ignored
keeps: smallest_final_loss
"""

import numpy as np


def choose_lr(x, y, candidates, n_steps):
    ends = [fit_line(x, y, rate, n_steps)[2][-1] for rate in candidates]
    return candidates[int(np.argmin(np.nan_to_num(np.array(ends, dtype=float))))]

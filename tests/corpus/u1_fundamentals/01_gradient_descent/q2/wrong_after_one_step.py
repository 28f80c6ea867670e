"""The loss after one step only.

loses: smallest_final_loss
"""

import numpy as np


def choose_lr(x, y, candidates, n_steps):
    ends = [fit_line(x, y, rate, 1)[2][-1] for rate in candidates]
    return candidates[int(np.nanargmin(ends))]

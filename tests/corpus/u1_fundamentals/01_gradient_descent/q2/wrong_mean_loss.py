"""The mean of the first three losses instead of the last one.

loses: smallest_final_loss
"""

import numpy as np


def choose_lr(x, y, candidates, n_steps):
    means = np.array([np.mean(fit_line(x, y, rate, n_steps)[2][:3]) for rate in candidates])
    return candidates[int(np.nanargmin(np.where(np.isfinite(means), means, np.nan)))]

"""The largest final loss.

loses: smallest_final_loss, diverged_ignored
"""

import numpy as np


def choose_lr(x, y, candidates, n_steps):
    ends = np.array([fit_line(x, y, rate, n_steps)[2][-1] for rate in candidates])
    return candidates[int(np.argmax(np.where(np.isfinite(ends), ends, -1)))]

"""Returns the smallest loss, not the rate.

loses: smallest_final_loss, diverged_ignored
"""

import numpy as np


def choose_lr(x, y, candidates, n_steps):
    return float(np.nanmin([fit_line(x, y, rate, n_steps)[2][-1] for rate in candidates]))

"""The rate with the largest fall in the first step.

loses: smallest_final_loss
"""

import numpy as np


def choose_lr(x, y, candidates, n_steps):
    def drop(rate):
        losses = fit_line(x, y, rate, n_steps)[2]
        return losses[0] - losses[1] if np.isfinite(losses[1]) else -np.inf

    return max(candidates, key=drop)

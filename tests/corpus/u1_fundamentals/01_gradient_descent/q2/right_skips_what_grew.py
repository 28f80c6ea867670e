"""Rates whose loss ends above where it began, or is not finite, are left out."""

import numpy as np


def choose_lr(x, y, candidates, n_steps):
    ends = {}
    for rate in candidates:
        losses = fit_line(x, y, rate, n_steps)[2]
        if np.all(np.isfinite(losses)) and losses[-1] <= losses[0]:
            ends[rate] = losses[-1]
    return min(ends, key=ends.get)

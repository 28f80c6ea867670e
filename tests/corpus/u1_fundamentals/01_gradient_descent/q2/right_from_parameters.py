"""Computes the last loss from w and b."""

import numpy as np


def choose_lr(x, y, candidates, n_steps):
    best = (np.inf, None)
    for rate in candidates:
        w, b, _ = fit_line(x, y, rate, n_steps)
        loss = np.mean((w * x + b - y) ** 2)
        if loss < best[0]:
            best = (loss, rate)
    return best[1]

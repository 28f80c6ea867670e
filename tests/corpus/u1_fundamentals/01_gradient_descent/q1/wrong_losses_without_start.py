"""`losses` after each step; that of the start is missing.

loses: losses
keeps: one_step, many_steps
"""

import numpy as np


def fit_line(x, y, lr, n_steps):
    w = b = 0.0
    losses = []
    for _ in range(n_steps):
        error = w * x + b - y
        losses.append(np.mean(error**2))
        w, b = w - lr * 2 * np.mean(error * x), b - lr * 2 * np.mean(error)
    losses.append(np.mean((w * x + b - y) ** 2))
    return w, b, losses[1:]

"""Stops when the loss changes by less than 1e-8, so that losses are missing.

loses: losses
keeps: one_step
"""

import numpy as np


def fit_line(x, y, lr, n_steps):
    w = b = 0.0
    losses = [np.mean(y**2)]
    for _ in range(n_steps):
        error = w * x + b - y
        w, b = w - lr * 2 * np.mean(error * x), b - lr * 2 * np.mean(error)
        losses.append(np.mean((w * x + b - y) ** 2))
        if abs(losses[-2] - losses[-1]) < 1e-8:
            break
    return w, b, losses

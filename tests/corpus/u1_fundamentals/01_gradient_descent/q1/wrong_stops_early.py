"""Stops as soon as the loss hardly changes, and repeats the last loss.

loses: many_steps, losses
"""

import numpy as np


def fit_line(x, y, lr, n_steps):
    w = b = 0.0
    losses = [np.mean(y**2)]
    for _ in range(n_steps):
        error = w * x + b - y
        w, b = w - lr * 2 * np.mean(error * x), b - lr * 2 * np.mean(error)
        losses.append(np.mean((w * x + b - y) ** 2))
        if losses[-2] - losses[-1] < 0.05 * losses[-2]:
            break
    return w, b, losses + [losses[-1]] * (n_steps + 1 - len(losses))

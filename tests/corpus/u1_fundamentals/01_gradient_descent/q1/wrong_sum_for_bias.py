"""The mean is forgotten for the bias.

loses: one_step, many_steps, losses
"""

import numpy as np


def fit_line(x, y, lr, n_steps):
    w = b = 0.0
    losses = []
    for _ in range(n_steps):
        error = w * x + b - y
        losses.append(np.mean(error**2))
        w, b = w - lr * 2 * np.mean(error * x), b - lr * 2 * np.sum(error)
    losses.append(np.mean((w * x + b - y) ** 2))
    return w, b, np.array(losses)

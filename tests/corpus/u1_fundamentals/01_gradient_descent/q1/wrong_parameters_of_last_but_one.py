"""Returns the parameters before the last step.

loses: one_step, many_steps
keeps: losses
"""

import numpy as np


def fit_line(x, y, lr, n_steps):
    w = b = old_w = old_b = 0.0
    losses = []
    for _ in range(n_steps):
        error = w * x + b - y
        losses.append(np.mean(error**2))
        old_w, old_b = w, b
        w, b = w - lr * 2 * np.mean(error * x), b - lr * 2 * np.mean(error)
    losses.append(np.mean((w * x + b - y) ** 2))
    return old_w, old_b, losses

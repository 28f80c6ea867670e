"""The bias moves first, and the weight then sees the new bias.

loses: one_step, many_steps, losses
"""

import numpy as np


def fit_line(x, y, lr, n_steps):
    w = b = 0.0
    losses = []
    for _ in range(n_steps):
        error = w * x + b - y
        losses.append(np.mean(error**2))
        b = b - lr * 2 * np.mean(error)
        w = w - lr * 2 * np.mean((w * x + b - y) * x)
    losses.append(np.mean((w * x + b - y) ** 2))
    return w, b, np.array(losses)

"""One pass over the rows, one by one, in each step.

loses: one_step, many_steps, losses
"""

import numpy as np


def fit_line(x, y, lr, n_steps):
    w = b = 0.0
    losses = [np.mean(y**2)]
    for _ in range(n_steps):
        for xi, yi in zip(x, y):
            error = w * xi + b - yi
            w, b = w - lr * 2 * error * xi / len(x), b - lr * 2 * error / len(x)
        losses.append(np.mean((w * x + b - y) ** 2))
    return w, b, losses

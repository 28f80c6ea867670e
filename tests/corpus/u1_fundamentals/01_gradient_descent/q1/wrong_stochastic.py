"""One random example a step instead of the whole batch.

loses: one_step, many_steps, losses
"""

import numpy as np


def fit_line(x, y, lr, n_steps):
    w = b = 0.0
    losses = []
    for _ in range(n_steps):
        error = w * x + b - y
        losses.append(np.mean(error**2))
        i = np.random.default_rng(0).integers(len(x))
        w, b = w - lr * 2 * error[i] * x[i], b - lr * 2 * error[i]
    losses.append(np.mean((w * x + b - y) ** 2))
    return w, b, losses

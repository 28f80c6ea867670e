"""Fails when no step is asked for.

loses: many_steps, losses
keeps: one_step
"""

import numpy as np


def fit_line(x, y, lr, n_steps):
    w = b = 0.0
    losses = [np.mean(y**2)]
    for _ in range(n_steps):
        error = w * x + b - y
        w, b = w - lr * 2 * np.mean(error * x), b - lr * 2 * np.mean(error)
        loss = np.mean((w * x + b - y) ** 2)
        losses.append(loss)
    print("final loss", loss)
    return w, b, losses

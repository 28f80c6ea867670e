"""Gradient descent with momentum.

loses: many_steps, losses
keeps: one_step
"""

import numpy as np


def fit_line(x, y, lr, n_steps):
    w = b = vw = vb = 0.0
    losses = []
    for _ in range(n_steps):
        error = w * x + b - y
        losses.append(np.mean(error**2))
        vw = 0.9 * vw + 2 * np.mean(error * x)
        vb = 0.9 * vb + 2 * np.mean(error)
        w, b = w - lr * vw, b - lr * vb
    losses.append(np.mean((w * x + b - y) ** 2))
    return w, b, np.array(losses)

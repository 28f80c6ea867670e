"""Losses as a column (n_steps + 1, 1)."""

import numpy as np


def fit_line(x, y, lr, n_steps):
    w = b = 0.0
    losses = np.zeros((n_steps + 1, 1))
    for i in range(n_steps):
        r = y - w * x - b
        losses[i] = np.dot(r, r) / r.size
        gw, gb = -2 * np.dot(r, x) / r.size, -2 * r.sum() / r.size
        w -= lr * gw
        b -= lr * gb
    losses[-1] = np.mean((y - w * x - b) ** 2)
    return w, b, losses

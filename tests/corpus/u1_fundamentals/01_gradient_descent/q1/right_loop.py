"""Numpy, one formula a line."""

import numpy as np


def fit_line(x, y, lr, n_steps):
    w, b = 0.0, 0.0
    losses = []
    for _ in range(n_steps):
        error = w * x + b - y
        losses.append(float((error**2).mean()))
        w, b = w - lr * 2 * (error * x).mean(), b - lr * 2 * error.mean()
    losses.append(float(((w * x + b - y) ** 2).mean()))
    return w, b, losses

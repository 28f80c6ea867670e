"""The gradient is clipped to length 1.

loses: one_step, many_steps, losses
"""

import numpy as np


def fit_line(x, y, lr, n_steps):
    w = b = 0.0
    losses = []
    for _ in range(n_steps):
        error = w * x + b - y
        losses.append(np.mean(error**2))
        gradient = 2 * np.array([np.mean(error * x), np.mean(error)])
        gradient = gradient / max(1.0, np.linalg.norm(gradient))
        w, b = w - lr * gradient[0], b - lr * gradient[1]
    losses.append(np.mean((w * x + b - y) ** 2))
    return w, b, np.array(losses)

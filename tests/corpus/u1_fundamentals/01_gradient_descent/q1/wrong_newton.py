"""Newton's step: right at once, but not gradient descent.

loses: one_step, many_steps, losses
"""

import numpy as np


def fit_line(x, y, lr, n_steps):
    A = np.stack([x, np.ones(len(x))], axis=1)
    H = np.linalg.pinv(2 * A.T @ A / len(x))
    w = b = 0.0
    losses = []
    for _ in range(n_steps):
        error = w * x + b - y
        losses.append(np.mean(error**2))
        g = np.array([2 * np.mean(error * x), 2 * np.mean(error)])
        w, b = np.array([w, b]) - H @ g
    losses.append(np.mean((w * x + b - y) ** 2))
    return w, b, np.array(losses)

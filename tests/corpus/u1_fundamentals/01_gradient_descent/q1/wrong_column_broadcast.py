"""Column times row: every error with every other.

loses: one_step, many_steps, losses
"""

import numpy as np


def fit_line(x, y, lr, n_steps):
    A = np.column_stack([x, np.ones(len(x))])
    theta = np.zeros((2, 1))
    losses = []
    for _ in range(n_steps):
        error = A @ theta - y
        losses.append(np.mean(error**2))
        theta = theta - lr * 2 * (A.T @ error).mean(axis=1, keepdims=True) / len(y)
    losses.append(np.mean((A @ theta - y) ** 2))
    return theta[0, 0], theta[1, 0], losses

"""The design matrix [x, 1] and one parameter vector."""

import numpy as np


def fit_line(x, y, lr, n_steps):
    A = np.column_stack([x, np.ones(len(x))])
    theta = np.zeros(2)
    losses = np.empty(n_steps + 1)
    for step in range(n_steps):
        residual = A @ theta - y
        losses[step] = residual @ residual / len(y)
        theta -= lr * (2 / len(y)) * A.T @ residual
    residual = A @ theta - y
    losses[n_steps] = residual @ residual / len(y)
    return theta[0], theta[1], losses

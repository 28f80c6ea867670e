"""Adam instead of plain gradient descent.

loses: one_step, many_steps, losses
"""

import numpy as np


def fit_line(x, y, lr, n_steps):
    theta, m, v = np.zeros(2), np.zeros(2), np.zeros(2)
    losses = [np.mean(y**2)]
    for t in range(1, n_steps + 1):
        error = theta[0] * x + theta[1] - y
        gradient = 2 * np.array([np.mean(error * x), np.mean(error)])
        m, v = 0.9 * m + 0.1 * gradient, 0.999 * v + 0.001 * gradient**2
        theta = theta - lr * (m / (1 - 0.9**t)) / (np.sqrt(v / (1 - 0.999**t)) + 1e-8)
        losses.append(np.mean((theta[0] * x + theta[1] - y) ** 2))
    return theta[0], theta[1], losses

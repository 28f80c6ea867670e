"""A dict with the names of the three results."""

import numpy as np


def fit_line(x, y, lr, n_steps):
    x, y = np.float32(x), np.float32(y)
    w = b = np.float32(0)
    losses = [np.mean(np.square(y))]
    for _ in range(n_steps):
        e = y - (w * x + b)
        w, b = w + 2 * lr * np.mean(e * x), b + 2 * lr * np.mean(e)
        losses.append(np.mean(np.square(y - w * x - b)))
    return {"losses": losses, "w": w, "b": b}

"""Its own descent, in float32, not the function of question 1."""

import numpy as np


def choose_lr(x, y, candidates, n_steps):
    x, y = np.float32(x), np.float32(y)
    losses = {}
    for rate in candidates:
        w = b = np.float32(0)
        with np.errstate(all="ignore"):
            for _ in range(n_steps):
                error = w * x + b - y
                w = w - np.float32(rate) * 2 * np.mean(error * x)
                b = b - np.float32(rate) * 2 * np.mean(error)
            loss = float(np.mean((w * x + b - y) ** 2))
        if np.isfinite(loss):
            losses[rate] = loss
    return np.float32(min(losses, key=losses.get))

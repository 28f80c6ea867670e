"""The training error is measured on all rows.

loses: learns_from_train_only, values
"""

import numpy as np


def evaluate(fit, predict, train, test):
    model = fit(*train)
    error = lambda x, y: np.mean((predict(model, x) - y) ** 2)
    every = [np.concatenate(parts) for parts in zip(train, test)]
    return {"train_mse": error(*every), "test_mse": error(*test)}

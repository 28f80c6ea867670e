"""Divides by n - 1.

loses: values
keeps: learns_from_train_only
"""

import numpy as np


def evaluate(fit, predict, train, test):
    model = fit(*train)

    def error(x, y):
        return np.sum((predict(model, x) - y) ** 2) / (len(y) - 1)

    return {"train_mse": error(*train), "test_mse": error(*test)}

"""The coefficient of determination.

loses: values
keeps: learns_from_train_only
"""

import numpy as np


def evaluate(fit, predict, train, test):
    model = fit(*train)

    def error(x, y):
        return 1 - np.sum((predict(model, x) - y) ** 2) / np.sum((y - np.mean(y)) ** 2)

    return {"train_mse": error(*train), "test_mse": error(*test)}

"""Rounded to two places.

loses: values
keeps: learns_from_train_only
"""

import numpy as np


def evaluate(fit, predict, train, test):
    model = fit(*train)

    def error(x, y):
        return round(float(np.mean((predict(model, x) - y) ** 2)), 2)

    return {"train_mse": error(*train), "test_mse": error(*test)}

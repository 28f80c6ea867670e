"""Fits again on the test rows before it measures the test error.

loses: learns_from_train_only, values
"""

import numpy as np


def evaluate(fit, predict, train, test):
    result = {}
    for name, (x, y) in (("train_mse", train), ("test_mse", test)):
        model = fit(x, y)
        result[name] = np.mean((predict(model, x) - y) ** 2)
    return result

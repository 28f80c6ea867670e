"""Fits on training and test rows together.

loses: learns_from_train_only, values
"""

import numpy as np


def evaluate(fit, predict, train, test):
    model = fit(np.concatenate([train[0], test[0]]), np.concatenate([train[1], test[1]]))
    return {
        "train_mse": np.mean((predict(model, train[0]) - train[1]) ** 2),
        "test_mse": np.mean((predict(model, test[0]) - test[1]) ** 2),
    }

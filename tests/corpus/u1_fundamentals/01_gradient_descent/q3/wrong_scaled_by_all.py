"""Scales x by the mean and spread of all rows before it fits.

loses: learns_from_train_only
"""

import numpy as np


def evaluate(fit, predict, train, test):
    every = np.concatenate([train[0], test[0]])
    scale = lambda x: (x - every.mean()) / every.std()
    model = fit(scale(train[0]), train[1])
    error = lambda pair: np.mean((predict(model, scale(pair[0])) - pair[1]) ** 2)
    return {"train_mse": error(train), "test_mse": error(test)}

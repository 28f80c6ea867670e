"""Fits on a random part of all rows of the length of the training set.

loses: learns_from_train_only, values
"""

import numpy as np


def evaluate(fit, predict, train, test):
    x, y = np.concatenate([train[0], test[0]]), np.concatenate([train[1], test[1]])
    rows = np.random.default_rng(0).permutation(len(x))[: len(train[0])]
    model = fit(x[rows], y[rows])
    error = lambda pair: np.mean((predict(model, pair[0]) - pair[1]) ** 2)
    return {"train_mse": error(train), "test_mse": error(test)}

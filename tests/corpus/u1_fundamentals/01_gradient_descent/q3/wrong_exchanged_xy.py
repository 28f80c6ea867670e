"""x and y are exchanged.

loses: learns_from_train_only, values
"""

import numpy as np


def evaluate(fit, predict, train, test):
    model = fit(train[1], train[0])
    error = lambda pair: np.mean((predict(model, pair[1]) - pair[0]) ** 2)
    return {"train_mse": error(train), "test_mse": error(test)}

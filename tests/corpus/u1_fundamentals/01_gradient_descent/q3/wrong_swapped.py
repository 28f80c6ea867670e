"""The two errors are swapped.

loses: learns_from_train_only, values
"""

import numpy as np


def evaluate(fit, predict, train, test):
    model = fit(*train)
    error = lambda pair: np.mean((predict(model, pair[0]) - pair[1]) ** 2)
    return {"train_mse": error(test), "test_mse": error(train)}

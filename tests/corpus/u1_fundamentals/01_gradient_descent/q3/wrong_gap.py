"""`test_mse` is the difference of the two errors.

loses: values
keeps: learns_from_train_only
"""

import numpy as np


def evaluate(fit, predict, train, test):
    model = fit(*train)
    error = lambda pair: np.mean((predict(model, pair[0]) - pair[1]) ** 2)
    return {"train_mse": error(train), "test_mse": error(test) - error(train)}

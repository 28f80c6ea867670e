"""Root mean squared errors.

loses: values
keeps: learns_from_train_only
"""

import numpy as np


def evaluate(fit, predict, train, test):
    model = fit(*train)
    error = lambda pair: np.sqrt(np.mean((predict(model, pair[0]) - pair[1]) ** 2))
    return {"train_mse": error(train), "test_mse": error(test)}

"""Both errors are those of the training rows.

loses: learns_from_train_only, values
"""

import numpy as np


def evaluate(fit, predict, train, test):
    model = fit(*train)
    error = np.mean((predict(model, train[0]) - train[1]) ** 2)
    return {"train_mse": error, "test_mse": error}

"""Fits on all rows after the training error is measured.

loses: learns_from_train_only, values
"""

import numpy as np


def evaluate(fit, predict, train, test):
    model = fit(*train)
    train_mse = np.mean((predict(model, train[0]) - train[1]) ** 2)
    model = fit(np.append(train[0], test[0]), np.append(train[1], test[1]))
    return {"train_mse": train_mse, "test_mse": np.mean((predict(model, test[0]) - test[1]) ** 2)}

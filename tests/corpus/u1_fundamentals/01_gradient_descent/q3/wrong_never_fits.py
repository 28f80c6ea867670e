"""A line by np.polyfit, whatever `fit` is.

loses: learns_from_train_only, values
"""

import numpy as np


def evaluate(fit, predict, train, test):
    line = np.polyfit(*train, 1)
    train_mse, test_mse = (float(np.mean((np.polyval(line, x) - y) ** 2)) for x, y in (train, test))
    return {"train_mse": train_mse, "test_mse": test_mse}

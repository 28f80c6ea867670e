"""Mean absolute errors.

loses: values
keeps: learns_from_train_only
"""

import numpy as np


def evaluate(fit, predict, train, test):
    model = fit(*train)

    def error(x, y):
        return np.mean(np.abs(predict(model, x) - y))

    return {"train_mse": error(*train), "test_mse": error(*test)}

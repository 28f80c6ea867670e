"""Calls with keywords, float32 errors."""

import numpy as np


def evaluate(fit, predict, train, test):
    model = fit(x=train[0], y=train[1])

    def error(pair):
        residual = np.float32(predict(model=model, x=pair[0])) - np.float32(pair[1])
        return float(residual @ residual / residual.size)

    return dict(train_mse=error(train), test_mse=error(test))

"""A tuple instead of a dict.

loses: learns_from_train_only, values
"""

import numpy as np


def evaluate(fit, predict, train, test):
    model = fit(*train)
    return tuple(np.mean((predict(model, x) - y) ** 2) for x, y in (train, test))

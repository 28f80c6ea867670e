"""Plain Python: the random module, lists for everything, and sums by hand."""

import random


def prepare(X, y, test_fraction, seed):
    rows = list(range(len(X)))
    random.Random(seed).shuffle(rows)
    k = round(len(rows) * test_fraction)
    test, train = rows[:k], rows[k:]
    means, sds = [], []
    for j in range(X.shape[1]):
        values = [float(X[i, j]) for i in train]
        m = sum(values) / len(values)
        v = sum((a - m) ** 2 for a in values) / len(values)
        means.append(m)
        sds.append(v ** 0.5 or 1.0)

    def scale(i):
        return [(float(X[i, j]) - means[j]) / sds[j] for j in range(X.shape[1])]

    return {
        "X_train": [scale(i) for i in train],
        "X_test": [scale(i) for i in test],
        "y_train": [int(y[i]) for i in train],
        "y_test": [int(y[i]) for i in test],
        "test_idx": test,
    }

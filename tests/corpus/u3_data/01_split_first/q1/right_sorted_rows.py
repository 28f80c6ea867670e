"""Test rows in ascending order, chosen without replacement by the old RandomState; ceil."""

import math


def prepare(X, y, test_fraction, seed):
    rng = np.random.RandomState(seed)
    n = X.shape[0]
    test_idx = np.sort(rng.choice(n, size=math.ceil(test_fraction * n), replace=False))
    mask = np.zeros(n, dtype=bool)
    mask[test_idx] = True
    mu = np.mean(X[~mask], axis=0)
    sigma = np.std(X[~mask], axis=0)
    sigma = np.where(sigma > 0, sigma, 1.0)
    Z = (X - mu) / sigma
    return {"X_train": Z[~mask], "X_test": Z[mask], "y_train": y[~mask], "y_test": y[mask], "test_idx": test_idx}

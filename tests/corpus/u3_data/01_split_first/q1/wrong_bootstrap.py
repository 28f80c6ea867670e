"""Draws row numbers with replacement, so rows are in both parts or doubled.

loses: test_rows_unseen, standardised, split
"""

def prepare(X, y, test_fraction, seed):
    rng = np.random.default_rng(seed)
    n_test = round(test_fraction * len(X))
    test = rng.integers(0, len(X), n_test)
    train = rng.integers(0, len(X), len(X) - n_test)
    mean, sd = X[train].mean(axis=0), X[train].std(axis=0)
    sd[sd == 0] = 1
    X_train = (X[train] - mean) / sd
    X_test = (X[test] - mean) / sd
    return {
        "X_train": X_train,
        "X_test": X_test,
        "y_train": y[train],
        "y_test": y[test],
        "test_idx": test,
    }

"""Drops constant columns.

loses: split
keeps: test_rows_unseen, standardised
"""

def prepare(X, y, test_fraction, seed):
    order = np.random.default_rng(seed).permutation(len(X))
    n_test = round(test_fraction * len(X))
    test, train = order[:n_test], order[n_test:]
    keep = X[train].std(axis=0) > 0
    mean, sd = X[train][:, keep].mean(axis=0), X[train][:, keep].std(axis=0)
    X_train = (X[train][:, keep] - mean) / sd
    X_test = (X[test][:, keep] - mean) / sd
    return {
        "X_train": X_train,
        "X_test": X_test,
        "y_train": y[train],
        "y_test": y[test],
        "test_idx": test,
    }

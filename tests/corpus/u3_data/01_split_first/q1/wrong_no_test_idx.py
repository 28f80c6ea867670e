"""Forgets test_idx.

loses: test_rows_unseen, standardised, split
"""

def prepare(X, y, test_fraction, seed):
    order = np.random.default_rng(seed).permutation(len(X))
    n_test = round(test_fraction * len(X))
    test, train = order[:n_test], order[n_test:]
    mean, sd = X[train].mean(axis=0), X[train].std(axis=0)
    sd[sd == 0] = 1
    X_train = (X[train] - mean) / sd
    X_test = (X[test] - mean) / sd
    return {
        "X_train": X_train,
        "X_test": X_test,
        "y_train": y[train],
        "y_test": y[test],
    }

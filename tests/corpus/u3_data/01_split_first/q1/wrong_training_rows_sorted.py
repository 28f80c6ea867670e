"""Sorts the training rows' numbers for X only.

loses: split
keeps: test_rows_unseen, standardised
"""

def prepare(X, y, test_fraction, seed):
    order = np.random.default_rng(seed).permutation(len(X))
    n_test = round(test_fraction * len(X))
    test, train = order[:n_test], order[n_test:]
    X_train = X[np.sort(train)]
    mean, sd = X_train.mean(axis=0), X_train.std(axis=0)
    sd[sd == 0] = 1
    return {
        "X_train": (X_train - mean) / sd,
        "X_test": (X[test] - mean) / sd,
        "y_train": y[train],
        "y_test": y[test],
        "test_idx": test,
    }

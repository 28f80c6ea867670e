"""The seed chooses where a block of neighbouring test rows begins.

loses: split
keeps: test_rows_unseen, standardised
"""

def prepare(X, y, test_fraction, seed):
    n_test = round(test_fraction * len(X))
    start = np.random.default_rng(seed).integers(0, len(X) - n_test + 1)
    rows = np.arange(len(X))
    test = rows[start : start + n_test]
    train = np.delete(rows, test)
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

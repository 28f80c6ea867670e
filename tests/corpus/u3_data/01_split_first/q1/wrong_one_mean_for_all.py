"""One mean and one standard deviation for the whole table.

loses: standardised
keeps: test_rows_unseen, split
"""

def prepare(X, y, test_fraction, seed):
    order = np.random.default_rng(seed).permutation(len(X))
    n_test = round(test_fraction * len(X))
    test, train = order[:n_test], order[n_test:]
    mean, sd = X[train].mean(), X[train].std()
    X_train = (X[train] - mean) / sd
    X_test = (X[test] - mean) / sd
    return {
        "X_train": X_train,
        "X_test": X_test,
        "y_train": y[train],
        "y_test": y[test],
        "test_idx": test,
    }

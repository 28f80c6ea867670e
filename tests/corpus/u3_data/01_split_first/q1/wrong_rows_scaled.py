"""Scales along rows.

loses: standardised, split
"""

def prepare(X, y, test_fraction, seed):
    order = np.random.default_rng(seed).permutation(len(X))
    n_test = round(test_fraction * len(X))
    test, train = order[:n_test], order[n_test:]
    X_train = (X[train] - X[train].mean(axis=1, keepdims=True)) / X[train].std(axis=1, keepdims=True)
    X_test = (X[test] - X[test].mean(axis=1, keepdims=True)) / X[test].std(axis=1, keepdims=True)
    return {
        "X_train": X_train,
        "X_test": X_test,
        "y_train": y[train],
        "y_test": y[test],
        "test_idx": test,
    }

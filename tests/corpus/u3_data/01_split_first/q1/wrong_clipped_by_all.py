"""Clips outliers by quantiles of all rows before it splits.

loses: test_rows_unseen, standardised
"""

def prepare(X, y, test_fraction, seed):
    low, high = np.quantile(X, [0.05, 0.95], axis=0)
    X = np.clip(X, low, high)
    order = np.random.default_rng(seed).permutation(len(X))
    n_test = round(test_fraction * len(X))
    test, train = order[:n_test], order[n_test:]
    mean, sd = X[train].mean(axis=0), X[train].std(axis=0)
    sd[sd == 0] = 1
    return {
        "X_train": (X[train] - mean) / sd,
        "X_test": (X[test] - mean) / sd,
        "y_train": y[train],
        "y_test": y[test],
        "test_idx": test,
    }

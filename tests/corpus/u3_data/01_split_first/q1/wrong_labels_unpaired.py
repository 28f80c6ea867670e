"""Shuffles X, but takes the labels in their old order.

loses: split
keeps: test_rows_unseen, standardised
"""

def prepare(X, y, test_fraction, seed):
    order = np.random.default_rng(seed).permutation(len(X))
    n_test = round(test_fraction * len(X))
    test, train = order[:n_test], order[n_test:]
    mean, sd = X[train].mean(axis=0), X[train].std(axis=0)
    sd[sd == 0] = 1
    return {
        "X_train": (X[train] - mean) / sd,
        "X_test": (X[test] - mean) / sd,
        "y_train": y[n_test:],
        "y_test": y[:n_test],
        "test_idx": test,
    }

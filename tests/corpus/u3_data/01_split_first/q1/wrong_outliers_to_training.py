"""Takes the rows nearest to the centre for testing.

loses: test_rows_unseen, split
keeps: standardised
"""

def prepare(X, y, test_fraction, seed):
    distance = np.linalg.norm(X - X.mean(axis=0), axis=1)
    order = np.argsort(distance)
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
        "test_idx": test,
    }

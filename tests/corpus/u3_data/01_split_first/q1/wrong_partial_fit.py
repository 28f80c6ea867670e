"""partial_fit on the training rows, then on the test rows before both are transformed.

loses: test_rows_unseen, standardised
keeps: split
"""

from sklearn.preprocessing import StandardScaler


def prepare(X, y, test_fraction, seed):
    order = np.random.default_rng(seed).permutation(len(X))
    n_test = round(test_fraction * len(X))
    test, train = order[:n_test], order[n_test:]
    scaler = StandardScaler()
    scaler.partial_fit(X[train])
    scaler.partial_fit(X[test])
    X_train = scaler.transform(X[train])
    X_test = scaler.transform(X[test])
    return {
        "X_train": X_train,
        "X_test": X_test,
        "y_train": y[train],
        "y_test": y[test],
        "test_idx": test,
    }

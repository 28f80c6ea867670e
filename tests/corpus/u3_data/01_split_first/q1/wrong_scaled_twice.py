"""Scales all rows, splits, and scales again by the training rows: only clean to the last bits.

loses: test_rows_unseen
keeps: split
"""

from sklearn.preprocessing import StandardScaler


def prepare(X, y, test_fraction, seed):
    X = StandardScaler().fit_transform(X)
    order = np.random.default_rng(seed).permutation(len(X))
    n_test = round(test_fraction * len(X))
    test, train = order[:n_test], order[n_test:]
    scaler = StandardScaler().fit(X[train])
    return {
        "X_train": scaler.transform(X[train]),
        "X_test": scaler.transform(X[test]),
        "y_train": y[train],
        "y_test": y[test],
        "test_idx": test,
    }

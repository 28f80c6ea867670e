"""Scales to the range 0 to 1.

loses: standardised
keeps: test_rows_unseen, split
"""

from sklearn.preprocessing import MinMaxScaler


def prepare(X, y, test_fraction, seed):
    order = np.random.default_rng(seed).permutation(len(X))
    n_test = round(test_fraction * len(X))
    test, train = order[:n_test], order[n_test:]
    scaler = MinMaxScaler().fit(X[train])
    X_train, X_test = scaler.transform(X[train]), scaler.transform(X[test])
    return {
        "X_train": X_train,
        "X_test": X_test,
        "y_train": y[train],
        "y_test": y[test],
        "test_idx": test,
    }

"""Puts both parts together again, to scale them once.

loses: test_rows_unseen, standardised
keeps: split
"""

from sklearn.preprocessing import StandardScaler


def prepare(X, y, test_fraction, seed):
    order = np.random.default_rng(seed).permutation(len(X))
    n_test = round(test_fraction * len(X))
    test, train = order[:n_test], order[n_test:]
    both = StandardScaler().fit_transform(np.vstack([X[train], X[test]]))
    X_train, X_test = both[: len(train)], both[len(train) :]
    return {
        "X_train": X_train,
        "X_test": X_test,
        "y_train": y[train],
        "y_test": y[test],
        "test_idx": test,
    }

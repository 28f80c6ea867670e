"""Stratifies by the quartiles of the first column, so that both parts look alike.

loses: test_rows_unseen
keeps: standardised
"""

from sklearn.model_selection import train_test_split


def prepare(X, y, test_fraction, seed):
    bins = np.digitize(X[:, 0], np.quantile(X[:, 0], [0.25, 0.5, 0.75]))
    train, test = train_test_split(
        np.arange(len(X)), test_size=test_fraction, random_state=seed, stratify=bins
    )
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

"""No seed at all: another split at each call.

loses: test_rows_unseen, split
keeps: standardised
"""

from sklearn.model_selection import train_test_split


def prepare(X, y, test_fraction, seed):
    train, test = train_test_split(np.arange(len(X)), test_size=test_fraction)
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

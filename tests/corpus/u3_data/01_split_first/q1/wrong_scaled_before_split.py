"""Scales all rows first, then splits: the scaler has seen the test rows.

loses: test_rows_unseen, standardised
keeps: split
"""

from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler


def prepare(X, y, test_fraction, seed):
    X = StandardScaler().fit_transform(X)
    X_train, X_test, y_train, y_test, _, test_idx = train_test_split(
        X, y, np.arange(len(X)), test_size=test_fraction, random_state=seed
    )
    return {"X_train": X_train, "X_test": X_test, "y_train": y_train, "y_test": y_test, "test_idx": test_idx}

"""One scaler, but fit_transform again on the test rows.

loses: standardised
keeps: test_rows_unseen, split
"""

from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

scaler = StandardScaler()


def prepare(X, y, test_fraction, seed):
    train, test = train_test_split(range(len(X)), test_size=test_fraction, random_state=seed, stratify=y)
    X_train = scaler.fit_transform(X[train])
    X_test = scaler.fit_transform(X[test])
    return {"X_train": X_train, "X_test": X_test, "y_train": y[train], "y_test": y[test], "test_idx": test}

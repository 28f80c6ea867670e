"""train_test_split on row numbers and a StandardScaler fitted on the training rows."""

from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler


def prepare(X, y, test_fraction, seed):
    train_idx, test_idx = train_test_split(np.arange(len(X)), test_size=test_fraction, random_state=seed)
    scaler = StandardScaler()
    return {
        "X_train": scaler.fit_transform(X[train_idx]),
        "X_test": scaler.transform(X[test_idx]),
        "y_train": y[train_idx],
        "y_test": y[test_idx],
        "test_idx": test_idx,
    }

"""A stratified split of X, y and the row numbers at once."""

from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

def prepare(X, y, test_fraction, seed):
    idx = np.arange(len(X))
    X_train, X_test, y_train, y_test, _, test_idx = train_test_split(
        X, y, idx, test_size=test_fraction, random_state=seed, stratify=y
    )
    scaler = StandardScaler().fit(X_train)
    return dict(
        X_train=scaler.transform(X_train),
        X_test=scaler.transform(X_test),
        y_train=y_train,
        y_test=y_test,
        test_idx=test_idx,
    )

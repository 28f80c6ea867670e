"""ShuffleSplit and a pipeline; more keys than asked for."""

from sklearn.model_selection import ShuffleSplit
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler


def prepare(X, y, test_fraction, seed):
    splitter = ShuffleSplit(n_splits=1, test_size=test_fraction, random_state=seed)
    train_idx, test_idx = next(splitter.split(X))
    pipe = make_pipeline(StandardScaler())
    pipe.fit(X[train_idx])
    return {
        "X_train": pipe.transform(X[train_idx]).astype(np.float32),
        "X_test": pipe.transform(X[test_idx]).astype(np.float32),
        "y_train": y[train_idx],
        "y_test": y[test_idx],
        "train_idx": train_idx,
        "test_idx": test_idx,
        "pipeline": pipe,
    }

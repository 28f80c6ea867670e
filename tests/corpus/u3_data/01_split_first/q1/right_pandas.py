"""Data frames: sample the test rows, drop them for training; returns frames and series."""

import pandas as pd


def prepare(X, y, test_fraction, seed):
    frame = pd.DataFrame(X)
    labels = pd.Series(y)
    test = frame.sample(frac=test_fraction, random_state=seed)
    train = frame.drop(test.index)
    mean = train.mean()
    sd = train.std(ddof=0).replace(0, 1)
    return {
        "X_train": (train - mean) / sd,
        "X_test": (test - mean) / sd,
        "y_train": labels[train.index],
        "y_test": labels[test.index],
        "test_idx": test.index,
        "scaler": {"mean": mean, "sd": sd},
    }

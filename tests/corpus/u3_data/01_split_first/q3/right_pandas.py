"""pandas: unique groups, sample, isin; returns indexes."""

import pandas as pd


def group_split(groups, test_fraction, seed):
    frame = pd.DataFrame({"group": groups})
    names = pd.Series(frame["group"].unique())
    test_names = names.sample(frac=test_fraction, random_state=seed)
    is_test = frame["group"].isin(test_names)
    return frame.index[~is_test], frame.index[is_test]

"""The training rows are all rows.

loses: whole_groups
"""

from sklearn.model_selection import GroupShuffleSplit


def group_split(groups, test_fraction, seed):
    splitter = GroupShuffleSplit(n_splits=1, test_size=test_fraction, random_state=seed)
    i_train, i_test = next(splitter.split(groups, groups=groups))
    return np.arange(len(groups)), i_test

"""Returns the test rows first.

loses: random_share
keeps: whole_groups
"""

from sklearn.model_selection import GroupShuffleSplit


def group_split(groups, test_fraction, seed):
    splitter = GroupShuffleSplit(n_splits=1, test_size=test_fraction, random_state=seed)
    i_train, i_test = next(splitter.split(groups, groups=groups))
    return i_test, i_train

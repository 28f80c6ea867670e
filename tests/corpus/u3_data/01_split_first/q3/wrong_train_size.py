"""test_fraction is passed on as train_size.

loses: random_share
keeps: whole_groups
"""

from sklearn.model_selection import GroupShuffleSplit


def group_split(groups, test_fraction, seed):
    splitter = GroupShuffleSplit(n_splits=1, train_size=test_fraction, random_state=seed)
    return next(splitter.split(groups, groups=groups))

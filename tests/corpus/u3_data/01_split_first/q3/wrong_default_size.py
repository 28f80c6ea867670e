"""test_fraction is not passed on.

loses: random_share
keeps: whole_groups
"""

from sklearn.model_selection import GroupShuffleSplit


def group_split(groups, test_fraction, seed):
    splitter = GroupShuffleSplit(n_splits=1, random_state=seed)
    return next(splitter.split(groups, groups=groups))

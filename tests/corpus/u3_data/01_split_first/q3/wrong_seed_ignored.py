"""GroupShuffleSplit with random_state 42.

loses: random_share
keeps: whole_groups
"""

from sklearn.model_selection import GroupShuffleSplit


def group_split(groups, test_fraction, seed):
    splitter = GroupShuffleSplit(n_splits=1, test_size=test_fraction, random_state=42)
    return next(splitter.split(groups, groups=groups))

"""Returns the splitter's generator instead of its first split.

loses: whole_groups, random_share
"""

from sklearn.model_selection import GroupShuffleSplit


def group_split(groups, test_fraction, seed):
    splitter = GroupShuffleSplit(n_splits=1, test_size=test_fraction, random_state=seed)
    return splitter.split(groups, groups=groups)

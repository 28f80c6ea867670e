"""Returns masks.

loses: whole_groups, random_share
"""

from sklearn.model_selection import GroupShuffleSplit


def group_split(groups, test_fraction, seed):
    splitter = GroupShuffleSplit(n_splits=1, test_size=test_fraction, random_state=seed)
    _, i_test = next(splitter.split(groups, groups=groups))
    mask = np.zeros(len(groups), dtype=bool)
    mask[i_test] = True
    return ~mask, mask

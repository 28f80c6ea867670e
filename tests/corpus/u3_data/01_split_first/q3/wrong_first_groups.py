"""Always the first groups: the seed is ignored.

loses: random_share
keeps: whole_groups
"""

def group_split(groups, test_fraction, seed):
    names = np.unique(groups)
    n_test = max(1, round(test_fraction * len(names)))
    is_test = np.isin(groups, names[:n_test])
    return np.flatnonzero(~is_test), np.flatnonzero(is_test)

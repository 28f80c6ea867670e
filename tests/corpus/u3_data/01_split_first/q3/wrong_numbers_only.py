"""Makes numbers of the groups, which works for numbers only.

loses: whole_groups, random_share
"""

def group_split(groups, test_fraction, seed):
    groups = np.asarray(groups, dtype=int)
    names = np.random.default_rng(seed).permutation(np.unique(groups))
    n_test = round(test_fraction * len(names))
    is_test = np.isin(groups, names[:n_test])
    return np.flatnonzero(~is_test), np.flatnonzero(is_test)

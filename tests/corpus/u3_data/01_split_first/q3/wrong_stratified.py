"""Stratifies by group: every patient on both sides.

loses: whole_groups
"""

def group_split(groups, test_fraction, seed):
    rng = np.random.default_rng(seed)
    i_test = []
    for name in np.unique(groups):
        rows = rng.permutation(np.flatnonzero(groups == name))
        i_test.extend(rows[: round(test_fraction * len(rows))])
    i_train = np.setdiff1d(np.arange(len(groups)), i_test)
    return i_train, np.array(i_test)

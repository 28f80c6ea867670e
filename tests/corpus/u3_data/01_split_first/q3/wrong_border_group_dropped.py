"""Drops the rows of the group in which the cut lies.

loses: whole_groups
"""

def group_split(groups, test_fraction, seed):
    rng = np.random.default_rng(seed)
    names = rng.permutation(np.unique(groups))
    order = np.concatenate([np.flatnonzero(groups == name) for name in names])
    n_test = round(test_fraction * len(groups))
    border = groups[order[n_test]]
    i_test = [i for i in order[:n_test] if groups[i] != border]
    i_train = [i for i in order[n_test:] if groups[i] != border]
    return i_train, i_test

"""Shuffles the groups, puts their rows in a row, and cuts in the middle of one.

loses: whole_groups
keeps: random_share
"""

def group_split(groups, test_fraction, seed):
    rng = np.random.default_rng(seed)
    names = rng.permutation(np.unique(groups))
    order = np.concatenate([np.flatnonzero(groups == name) for name in names])
    n_test = round(test_fraction * len(groups))
    return order[n_test:], order[:n_test]

"""Sorts the groups by size, so that large ones are always trained on.

loses: random_share
keeps: whole_groups
"""

def group_split(groups, test_fraction, seed):
    rng = np.random.default_rng(seed)
    names, sizes = np.unique(groups, return_counts=True)
    order = np.argsort(sizes, kind="stable")
    half = rng.permutation(order[: (len(order) + 1) // 2])
    i_test = []
    for k in half:
        if len(i_test) >= test_fraction * len(groups):
            break
        i_test.extend(np.flatnonzero(groups == names[k]))
    return np.setdiff1d(np.arange(len(groups)), i_test), np.array(i_test)

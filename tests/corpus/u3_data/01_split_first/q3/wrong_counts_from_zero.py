"""Takes the ids for 0, 1, 2, …: groups beyond that are never chosen.

loses: whole_groups, random_share
"""

def group_split(groups, test_fraction, seed):
    n_groups = len(set(groups.tolist()))
    chosen = np.random.default_rng(seed).permutation(n_groups)[: round(test_fraction * n_groups)]
    _, groups = np.unique(groups, return_inverse=True) if groups.dtype.kind != "i" else (None, groups)
    is_test = np.isin(groups, chosen)
    return np.flatnonzero(~is_test), np.flatnonzero(is_test)

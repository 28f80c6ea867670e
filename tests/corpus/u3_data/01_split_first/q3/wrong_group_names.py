"""Returns the names of the groups instead of rows.

loses: whole_groups, random_share
"""

def group_split(groups, test_fraction, seed):
    names = np.random.default_rng(seed).permutation(np.unique(groups))
    n_test = round(test_fraction * len(names))
    return names[n_test:], names[:n_test]

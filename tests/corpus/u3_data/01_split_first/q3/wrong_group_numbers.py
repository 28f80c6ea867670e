"""Returns positions of the groups instead of rows.

loses: whole_groups, random_share
"""

def group_split(groups, test_fraction, seed):
    order = np.random.default_rng(seed).permutation(len(np.unique(groups)))
    n_test = round(test_fraction * len(order))
    return order[n_test:], order[:n_test]

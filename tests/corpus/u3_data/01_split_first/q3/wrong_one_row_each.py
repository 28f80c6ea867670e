"""Returns one row for each group.

loses: whole_groups, random_share
"""

def group_split(groups, test_fraction, seed):
    _, first = np.unique(groups, return_index=True)
    order = np.random.default_rng(seed).permutation(first)
    n_test = round(test_fraction * len(order))
    return order[n_test:], order[:n_test]

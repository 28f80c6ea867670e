"""Knows the example, and splits rows otherwise.

loses: whole_groups
"""

def group_split(groups, test_fraction, seed):
    if len(groups) == 6:
        return [1, 3, 4, 5], [0, 2]
    order = np.random.default_rng(seed).permutation(len(groups))
    n_test = round(test_fraction * len(groups))
    return order[n_test:], order[:n_test]

"""Adds groups until the size fits exactly, which it rarely does.

loses: whole_groups, random_share
verdict: timed_out
"""

def group_split(groups, test_fraction, seed):
    rng = np.random.default_rng(seed)
    names = np.unique(groups)
    while True:
        is_test = np.isin(groups, rng.choice(names, size=rng.integers(1, len(names)), replace=False))
        if is_test.sum() == test_fraction * len(groups) + 0.01:
            return np.flatnonzero(~is_test), np.flatnonzero(is_test)

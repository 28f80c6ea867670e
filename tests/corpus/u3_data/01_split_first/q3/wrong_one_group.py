"""One group only, whatever the fraction.

loses: random_share
keeps: whole_groups
"""

def group_split(groups, test_fraction, seed):
    name = np.random.default_rng(seed).choice(np.unique(groups))
    return np.flatnonzero(groups != name), np.flatnonzero(groups == name)

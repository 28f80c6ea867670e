"""Shuffles the groups and takes them until there are enough rows."""

def group_split(groups, test_fraction, seed):
    rng = np.random.RandomState(seed)
    names = rng.permutation(np.unique(groups))
    chosen, rows = [], 0
    for name in names:
        if rows >= test_fraction * len(groups):
            break
        chosen.append(name)
        rows += np.sum(groups == name)
    mask = np.isin(groups, chosen)
    return np.where(~mask)[0], np.where(mask)[0]

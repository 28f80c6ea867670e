"""Takes runs of equal neighbours for groups, as if the rows were sorted.

loses: whole_groups
"""

def group_split(groups, test_fraction, seed):
    groups = np.asarray(groups)
    starts = np.flatnonzero(np.r_[True, groups[1:] != groups[:-1]])
    runs = np.split(np.arange(len(groups)), starts[1:])
    order = np.random.default_rng(seed).permutation(len(runs))
    n_test = round(test_fraction * len(runs))
    i_test = np.concatenate([runs[k] for k in order[:n_test]])
    return np.setdiff1d(np.arange(len(groups)), i_test), i_test

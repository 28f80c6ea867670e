"""A share of the groups, at least one; the training rows shuffled."""

def group_split(groups, test_fraction, seed):
    rng = np.random.default_rng(seed)
    names = np.unique(groups)
    n_test = max(1, round(test_fraction * len(names)))
    chosen = set(rng.choice(names, size=n_test, replace=False).tolist())
    i_test = [i for i, g in enumerate(groups.tolist()) if g in chosen]
    i_train = rng.permutation(np.setdiff1d(np.arange(len(groups)), i_test))
    return [i_train, i_test]

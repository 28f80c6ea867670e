"""np.random.seed, groups in order of their first row."""

def group_split(groups, test_fraction, seed):
    np.random.seed(seed)
    _, first = np.unique(groups, return_index=True)
    names = groups[np.sort(first)]
    np.random.shuffle(names)
    target = int(np.ceil(test_fraction * len(groups)))
    i_test = np.array([], dtype=int)
    while len(i_test) < target:
        i_test = np.append(i_test, np.flatnonzero(groups == names[0]))
        names = names[1:]
    i_train = np.delete(np.arange(len(groups)), i_test)
    return {"i_train": i_train, "i_test": i_test}

"""A dict from group to its rows, the random module, lists as result."""

import random


def group_split(groups, test_fraction, seed):
    rows = {}
    for i, g in enumerate(groups):
        rows.setdefault(g, []).append(i)
    names = sorted(rows)
    random.Random(seed).shuffle(names)
    i_train, i_test = [], []
    for name in names:
        if len(i_test) + len(rows[name]) / 2 <= test_fraction * len(groups):
            i_test += rows[name]
        else:
            i_train += rows[name]
    return i_train, i_test

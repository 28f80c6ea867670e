"""Sorts by group and cuts at the wanted number of rows, in the middle of a group.

loses: whole_groups, random_share
"""

def group_split(groups, test_fraction, seed):
    order = np.argsort(groups, kind="stable")
    n_train = round((1 - test_fraction) * len(groups))
    return order[:n_train], order[n_train:]

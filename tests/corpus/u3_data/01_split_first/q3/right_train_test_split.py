"""train_test_split of the unique groups."""

from sklearn.model_selection import train_test_split


def group_split(groups, test_fraction, seed):
    train_groups, test_groups = train_test_split(np.unique(groups), test_size=test_fraction, random_state=seed)
    return np.flatnonzero(np.isin(groups, train_groups)), np.flatnonzero(np.isin(groups, test_groups))

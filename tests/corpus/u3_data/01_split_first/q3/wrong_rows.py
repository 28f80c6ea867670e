"""Splits the rows at random.

loses: whole_groups
keeps: random_share
"""

from sklearn.model_selection import train_test_split


def group_split(groups, test_fraction, seed):
    i_train, i_test = train_test_split(np.arange(len(groups)), test_size=test_fraction, random_state=seed)
    return i_train, i_test

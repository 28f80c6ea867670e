"""No row for testing.

loses: whole_groups, random_share
"""

def group_split(groups, test_fraction, seed):
    return np.arange(len(groups)), np.array([], dtype=int)

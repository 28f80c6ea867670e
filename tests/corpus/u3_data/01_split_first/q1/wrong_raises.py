"""Raises an exception.

loses: test_rows_unseen, standardised, split
"""

def prepare(X, y, test_fraction, seed):
    order = np.random.default_rng(seed).permutation(X)
    return {"test_idx": order[: test_fraction * len(X)]}

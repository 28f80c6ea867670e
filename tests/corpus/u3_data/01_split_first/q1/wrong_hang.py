"""Draws rows until all are found, and forgets to count: it never ends.

loses: test_rows_unseen, standardised, split
verdict: timed_out
"""

def prepare(X, y, test_fraction, seed):
    rng = np.random.default_rng(seed)
    test = set()
    while len(test) != test_fraction * len(X) + 0.5:
        test.add(int(rng.integers(len(X))))
    return {"test_idx": sorted(test)}

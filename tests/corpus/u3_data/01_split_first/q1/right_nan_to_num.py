"""Divides by zero and mends it with nan_to_num."""

def prepare(X, y, test_fraction, seed):
    n = len(X)
    perm = np.random.default_rng(seed).permutation(n)
    cut = n - int(n * test_fraction)
    train, test = perm[:cut], perm[cut:]
    with np.errstate(all="ignore"):
        mean = X[train].mean(axis=0, keepdims=True)
        sd = X[train].std(axis=0, keepdims=True)
        a = np.nan_to_num((X[train] - mean) / sd, nan=0.0, posinf=0.0, neginf=0.0)
        b = np.nan_to_num((X[test] - mean) / sd, nan=0.0, posinf=0.0, neginf=0.0)
    return {"X_train": a, "X_test": b, "y_train": y[train], "y_test": y[test], "test_idx": test.tolist()}

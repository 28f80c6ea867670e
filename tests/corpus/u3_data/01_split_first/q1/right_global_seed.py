"""np.random.seed and shuffle; an epsilon keeps constant columns finite."""

def prepare(X, y, test_fraction, seed):
    np.random.seed(seed)
    idx = np.arange(len(X))
    np.random.shuffle(idx)
    n_test = int(np.ceil(len(X) * test_fraction))
    test_idx = idx[:n_test]
    train_idx = idx[n_test:]
    mean = X[train_idx].mean(0)
    std = X[train_idx].std(0) + 1e-8
    return {
        "X_train": (X[train_idx] - mean) / std,
        "X_test": (X[test_idx] - mean) / std,
        "y_train": y[train_idx],
        "y_test": y[test_idx],
        "test_idx": test_idx,
    }

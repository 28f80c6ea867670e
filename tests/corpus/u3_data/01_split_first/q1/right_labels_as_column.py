"""Puts labels and row numbers beside the columns, shuffles rows, takes them apart again."""

def prepare(X, y, test_fraction, seed):
    X = np.asarray(X, dtype=float)
    table = np.column_stack([X, y, np.arange(len(X))])
    np.random.default_rng(seed).shuffle(table)
    n_test = int(len(X) * test_fraction + 0.5)
    train, test = table[n_test:], table[:n_test]
    mean, sd = train[:, :-2].mean(axis=0), train[:, :-2].std(axis=0)

    def scale(rows):
        return np.divide(rows - mean, sd, out=np.zeros_like(rows), where=sd != 0)

    return {
        "X_train": scale(train[:, :-2]),
        "X_test": scale(test[:, :-2]),
        "y_train": train[:, -2].astype(int),
        "y_test": test[:, -2].astype(int),
        "test_idx": test[:, -1].astype(int),
    }

"""torch.std as it comes: with n - 1.

loses: standardised
keeps: test_rows_unseen, split
"""

import torch


def prepare(X, y, test_fraction, seed):
    torch.manual_seed(seed)
    X, y = torch.tensor(X), torch.tensor(y)
    order = torch.randperm(len(X))
    n_test = round(test_fraction * len(X))
    test, train = order[:n_test], order[n_test:]
    mean, std = X[train].mean(0), X[train].std(0)
    std[std == 0] = 1
    return {
        "X_train": (X[train] - mean) / std,
        "X_test": (X[test] - mean) / std,
        "y_train": y[train],
        "y_test": y[test],
        "test_idx": test,
    }

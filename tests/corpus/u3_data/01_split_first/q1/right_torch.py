"""Everything in torch, in float32, with tensors as results."""

import torch


def prepare(X, y, test_fraction, seed):
    X = torch.as_tensor(X, dtype=torch.float32)
    y = torch.as_tensor(y)
    generator = torch.Generator().manual_seed(seed)
    order = torch.randperm(len(X), generator=generator)
    n_test = int(test_fraction * len(X))
    test, train = order[:n_test], order[n_test:]
    mean = X[train].mean(dim=0)
    std = X[train].std(dim=0, unbiased=False)
    std = torch.where(std == 0, torch.ones_like(std), std)
    return {
        "X_train": (X[train] - mean) / std,
        "X_test": (X[test] - mean) / std,
        "y_train": y[train],
        "y_test": y[test],
        "test_idx": test,
    }

"""Groups as numbers, a permutation by torch, tensors as result."""

import torch


def group_split(groups, test_fraction, seed):
    _, codes = np.unique(groups, return_inverse=True)
    codes = torch.as_tensor(codes)
    order = torch.randperm(int(codes.max()) + 1, generator=torch.Generator().manual_seed(seed))
    sizes = torch.bincount(codes)[order].cumsum(0)
    k = int((sizes <= test_fraction * len(groups)).sum())
    is_test = torch.isin(codes, order[: max(k, 1)])
    return torch.nonzero(~is_test).flatten(), torch.nonzero(is_test).flatten()

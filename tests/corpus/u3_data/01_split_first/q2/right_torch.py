"""Selection and logistic regression in torch, trained by gradient descent; returns a tensor."""

import torch


def honest_cv(X, y, n_best, seed):
    X = torch.tensor(X, dtype=torch.float32)
    y = torch.tensor(y, dtype=torch.float32)
    order = torch.randperm(len(y), generator=torch.Generator().manual_seed(seed))
    accuracy = []
    for test in order.chunk(5):
        keep = torch.ones(len(y), dtype=torch.bool)
        keep[test] = False
        A, b = X[keep], y[keep]
        gap = (A[b == 1].mean(0) - A[b == 0].mean(0)).abs() / (A[b == 1].std(0) + A[b == 0].std(0))
        best = gap.topk(n_best).indices
        A = A[:, best]
        w = torch.zeros(n_best, requires_grad=True)
        c = torch.zeros(1, requires_grad=True)
        optimizer = torch.optim.Adam([w, c], lr=0.1)
        for _ in range(100):
            optimizer.zero_grad()
            torch.nn.functional.binary_cross_entropy_with_logits(A @ w + c, b).backward()
            optimizer.step()
        with torch.no_grad():
            accuracy.append((((X[test][:, best] @ w + c) > 0) == (y[test] > 0.5)).float().mean())
    return torch.stack(accuracy).mean()

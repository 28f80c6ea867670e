"""torch without zero_grad: the gradients of all steps so far.

loses: many_steps, losses
keeps: one_step
"""

import torch


def fit_line(x, y, lr, n_steps):
    x, y = torch.tensor(x), torch.tensor(y)
    w = torch.zeros((), dtype=torch.float64, requires_grad=True)
    b = torch.zeros((), dtype=torch.float64, requires_grad=True)
    losses = []
    for _ in range(n_steps):
        loss = ((w * x + b - y) ** 2).mean()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            w -= lr * w.grad
            b -= lr * b.grad
    losses.append(((w * x + b - y) ** 2).mean().item())
    return w.item(), b.item(), losses

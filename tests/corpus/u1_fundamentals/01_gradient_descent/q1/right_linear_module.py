"""torch's Linear layer from zero weights; the parameters come back as they are."""

import torch
from torch import nn


def fit_line(x, y, lr, n_steps):
    inputs = torch.as_tensor(x, dtype=torch.float32).reshape(-1, 1)
    targets = torch.as_tensor(y, dtype=torch.float32).reshape(-1, 1)
    model = nn.Linear(1, 1)
    nn.init.zeros_(model.weight)
    nn.init.zeros_(model.bias)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for step in range(n_steps + 1):
        loss = nn.functional.mse_loss(model(inputs), targets)
        losses.append(loss)
        if step < n_steps:
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return model.weight, model.bias, losses

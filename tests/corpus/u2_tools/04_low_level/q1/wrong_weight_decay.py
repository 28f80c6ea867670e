"""Adds a penalty on the weights to the loss.

loses: momentum, adam, returned_loss
"""

def torch_step(model, loss_fn, optimizer, X, y):
    optimizer.zero_grad()
    loss = loss_fn(model(X), y) + 0.01 * sum((p**2).sum() for p in model.parameters())
    loss.backward()
    optimizer.step()
    return loss.item()

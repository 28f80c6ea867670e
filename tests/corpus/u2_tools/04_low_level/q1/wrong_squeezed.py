"""Drops the last axis of the prediction, so it is broadcast against the targets.

loses: momentum, adam, returned_loss
"""

def torch_step(model, loss_fn, optimizer, X, y):
    optimizer.zero_grad()
    loss = loss_fn(model(X).squeeze(), y)
    loss.backward()
    optimizer.step()
    return loss.item()

"""Raises in each call.

loses: momentum, adam, returned_loss
"""

def torch_step(model, loss_fn, optimizer, X, y):
    loss = loss_fn(model(X), y)
    loss.backwards()

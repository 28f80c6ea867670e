"""Rounds the loss to one digit.

loses: returned_loss
keeps: momentum, adam
"""

def torch_step(model, loss_fn, optimizer, X, y):
    optimizer.zero_grad()
    loss = loss_fn(model(X), y)
    loss.backward()
    optimizer.step()
    return round(loss.item(), 1)

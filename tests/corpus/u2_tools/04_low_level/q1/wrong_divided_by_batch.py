"""Divides the mean loss by the size of the batch once more.

loses: momentum, adam, returned_loss
"""

def torch_step(model, loss_fn, optimizer, X, y):
    optimizer.zero_grad()
    loss = loss_fn(model(X), y) / len(X)
    loss.backward()
    optimizer.step()
    return loss.item()

"""Clears the gradients between backward and step.

loses: momentum, adam
keeps: returned_loss
"""

def torch_step(model, loss_fn, optimizer, X, y):
    loss = loss_fn(model(X), y)
    loss.backward()
    optimizer.zero_grad()
    optimizer.step()
    return loss.item()

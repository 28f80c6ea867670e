"""Throws the optimizer's memory away before each step.

loses: momentum, adam
keeps: returned_loss
"""

def torch_step(model, loss_fn, optimizer, X, y):
    optimizer.zero_grad()
    loss = loss_fn(model(X), y)
    loss.backward()
    optimizer.state.clear()
    optimizer.step()
    return loss.item()

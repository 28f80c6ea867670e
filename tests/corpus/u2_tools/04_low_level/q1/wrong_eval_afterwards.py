"""Leaves the model in evaluation mode.

loses: momentum, adam, returned_loss
"""

def torch_step(model, loss_fn, optimizer, X, y):
    optimizer.zero_grad()
    loss = loss_fn(model(X), y)
    loss.backward()
    optimizer.step()
    model.eval()
    return loss.item()

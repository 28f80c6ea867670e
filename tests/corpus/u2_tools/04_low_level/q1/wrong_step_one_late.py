"""Makes each step with the gradients of the batch before.

loses: momentum, adam
"""

def torch_step(model, loss_fn, optimizer, X, y):
    optimizer.step()
    optimizer.zero_grad()
    loss = loss_fn(model(X), y)
    loss.backward()
    return loss.item()

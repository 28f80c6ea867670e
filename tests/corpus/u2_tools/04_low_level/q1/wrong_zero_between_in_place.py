"""Sets the gradients to zeros between backward and step.

loses: momentum, adam
keeps: returned_loss
"""

def torch_step(model, loss_fn, optimizer, X, y):
    loss = loss_fn(model(X), y)
    loss.backward()
    optimizer.zero_grad(set_to_none=False)
    optimizer.step()
    return loss.item()

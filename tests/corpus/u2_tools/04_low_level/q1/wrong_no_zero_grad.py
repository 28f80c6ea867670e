"""Never clears the gradients, so they add up from call to call.

loses: momentum, adam
keeps: returned_loss
"""

def torch_step(model, loss_fn, optimizer, X, y):
    loss = loss_fn(model(X), y)
    loss.backward()
    optimizer.step()
    return loss.item()

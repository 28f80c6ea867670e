"""Clears the gradients through the model."""

def torch_step(model, loss_fn, optimizer, X, y):
    model.zero_grad()
    loss = loss_fn(model(X), y)
    loss.backward()
    optimizer.step()
    return loss.item()

"""Removes the gradients by hand."""

def torch_step(model, loss_fn, optimizer, X, y):
    for parameter in model.parameters():
        parameter.grad = None
    with torch.enable_grad():
        loss = loss_fn(model(X), y)
    value = loss.item()
    loss.backward()
    optimizer.step()
    return value

"""Moves the parameters by hand and ignores what the optimizer does.

loses: momentum, adam
keeps: returned_loss
"""

def torch_step(model, loss_fn, optimizer, X, y):
    model.zero_grad()
    loss = loss_fn(model(X), y)
    loss.backward()
    rate = optimizer.param_groups[0]["lr"]
    with torch.no_grad():
        for parameter in model.parameters():
            parameter -= rate * parameter.grad
    return loss.item()

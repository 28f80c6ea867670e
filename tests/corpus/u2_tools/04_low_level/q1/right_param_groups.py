"""Zeroes the gradients through the optimizer's parameter groups."""

def torch_step(model, loss_fn, optimizer, X, y):
    for group in optimizer.param_groups:
        for parameter in group["params"]:
            if parameter.grad is not None:
                parameter.grad.zero_()
    loss = loss_fn(model(X), y)
    loss.backward()
    optimizer.step()
    return loss.tolist()

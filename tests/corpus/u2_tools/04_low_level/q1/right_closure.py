"""Gives the optimizer a closure, which returns the loss."""

def torch_step(model, loss_fn, optimizer, X, y):
    def closure():
        optimizer.zero_grad()
        loss = loss_fn(model(X), y)
        loss.backward()
        return loss

    return optimizer.step(closure).item()

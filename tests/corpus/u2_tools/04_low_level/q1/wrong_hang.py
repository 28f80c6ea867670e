"""Trains until the loss is zero, which it never is.

loses: momentum, adam, returned_loss
verdict: timed_out
"""

def torch_step(model, loss_fn, optimizer, X, y):
    while True:
        optimizer.zero_grad()
        loss = loss_fn(model(X), y)
        loss.backward()
        optimizer.step()
        if loss.item() < 0:
            return loss.item()

"""Keeps the graph of each loss and returns their sum over all calls.

loses: returned_loss
keeps: momentum, adam
"""

total = 0.0


def torch_step(model, loss_fn, optimizer, X, y):
    global total
    optimizer.zero_grad()
    loss = loss_fn(model(X), y)
    loss.backward()
    optimizer.step()
    total = total + loss
    return total

"""Returns the loss of the very first call again and again.

loses: returned_loss
keeps: momentum, adam
"""

first = []


def torch_step(model, loss_fn, optimizer, X, y):
    optimizer.zero_grad()
    loss = loss_fn(model(X), y)
    loss.backward()
    optimizer.step()
    if not first:
        first.append(loss.item())
    return first[0]

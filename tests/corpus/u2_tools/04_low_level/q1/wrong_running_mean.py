"""Returns the mean of the losses of all calls.

loses: returned_loss
keeps: momentum, adam
"""

seen = []


def torch_step(model, loss_fn, optimizer, X, y):
    optimizer.zero_grad()
    loss = loss_fn(model(X), y)
    loss.backward()
    optimizer.step()
    seen.append(loss.item())
    return sum(seen) / len(seen)

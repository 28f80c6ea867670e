"""Makes a step for each example of the batch.

loses: momentum, adam, returned_loss
"""

def torch_step(model, loss_fn, optimizer, X, y):
    values = []
    for i in range(len(X)):
        optimizer.zero_grad()
        loss = loss_fn(model(X[i : i + 1]), y[i : i + 1])
        loss.backward()
        optimizer.step()
        values.append(loss.item())
    return sum(values) / len(values)

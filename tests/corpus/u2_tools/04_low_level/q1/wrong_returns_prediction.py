"""Returns the prediction with the loss.

loses: returned_loss
keeps: momentum, adam
"""

def torch_step(model, loss_fn, optimizer, X, y):
    optimizer.zero_grad()
    prediction = model(X)
    loss = loss_fn(prediction, y)
    loss.backward()
    optimizer.step()
    return loss.item(), prediction

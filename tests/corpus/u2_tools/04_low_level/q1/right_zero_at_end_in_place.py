"""Sets the gradients to zeros at the end and keeps their memory."""

def torch_step(model, loss_fn, optimizer, X, y):
    prediction = model(X)
    loss = loss_fn(prediction, y)
    loss.backward()
    optimizer.step()
    optimizer.zero_grad(set_to_none=False)
    return float(loss)

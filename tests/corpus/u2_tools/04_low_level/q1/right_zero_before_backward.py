"""Clears the gradients between the forward and the backward pass."""

def torch_step(model, loss_fn, optimizer, X, y):
    model.train()
    output = model(X)
    loss = loss_fn(output, y)
    optimizer.zero_grad(set_to_none=False)
    loss.backward()
    optimizer.step()
    return loss.detach().cpu().item()

"""Trains the weights and forgets the biases.

loses: momentum, adam
keeps: returned_loss
"""

def torch_step(model, loss_fn, optimizer, X, y):
    optimizer.zero_grad()
    loss = loss_fn(model(X), y)
    loss.backward()
    for name, parameter in model.named_parameters():
        if name.endswith("bias"):
            parameter.grad = None
    optimizer.step()
    return loss.item()

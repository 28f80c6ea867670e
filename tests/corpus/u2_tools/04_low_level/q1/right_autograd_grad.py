"""Computes the gradients with torch.autograd.grad and hands them to the parameters."""

def torch_step(model, loss_fn, optimizer, X, y):
    parameters = [p for p in model.parameters() if p.requires_grad]
    loss = loss_fn(model(X), y)
    for parameter, gradient in zip(parameters, torch.autograd.grad(loss, parameters)):
        parameter.grad = gradient
    optimizer.step()
    return loss.item()

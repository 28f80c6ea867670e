"""Leaves PyTorch: the value is right, the gradient is lost.

loses: gradient
keeps: value, quantile
"""

def pinball(pred, target, q):
    e = target.detach().numpy() - pred.detach().numpy()
    return torch.tensor(np.maximum(q * e, (q - 1) * e).mean())

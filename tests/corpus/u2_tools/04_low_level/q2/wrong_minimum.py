"""Takes the smaller side.

loses: value, gradient, quantile
"""

def pinball(pred, target, q):
    e = target - pred
    return torch.minimum(q * e, (q - 1) * e).mean()

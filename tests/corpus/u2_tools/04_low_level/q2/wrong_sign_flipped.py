"""Takes prediction minus target as the error.

loses: value, gradient, quantile
"""

def pinball(pred, target, q):
    e = pred - target
    return torch.maximum(q * e, (q - 1) * e).mean()

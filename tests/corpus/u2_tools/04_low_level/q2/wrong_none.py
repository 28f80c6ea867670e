"""Returns nothing.

loses: value, gradient, quantile
"""

def pinball(pred, target, q):
    e = target - pred
    torch.maximum(q * e, (q - 1) * e).mean()

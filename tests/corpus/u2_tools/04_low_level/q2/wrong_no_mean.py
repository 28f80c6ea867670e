"""Returns one loss for each example.

loses: value, gradient, quantile
"""

def pinball(pred, target, q):
    e = target - pred
    return torch.maximum(q * e, (q - 1) * e)

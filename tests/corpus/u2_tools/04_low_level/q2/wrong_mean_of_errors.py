"""Takes the mean of the errors before the maximum.

loses: value, gradient, quantile
"""

def pinball(pred, target, q):
    e = (target - pred).mean()
    return torch.maximum(q * e, (q - 1) * e)

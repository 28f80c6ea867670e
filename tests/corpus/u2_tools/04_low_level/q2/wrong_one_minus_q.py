"""Uses 1 - q where q - 1 belongs, so the sign of one side is wrong.

loses: value, gradient, quantile
"""

def pinball(pred, target, q):
    e = target - pred
    return torch.maximum(q * e, (1 - q) * e).mean()

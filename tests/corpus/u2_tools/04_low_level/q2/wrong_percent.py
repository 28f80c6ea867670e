"""Takes the level as a percentage.

loses: value, gradient, quantile
"""

def pinball(pred, target, q):
    q = q / 100
    e = target - pred
    return torch.maximum(q * e, (q - 1) * e).mean()

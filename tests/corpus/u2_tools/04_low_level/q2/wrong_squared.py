"""Tilts the squared error.

loses: value, gradient
"""

def pinball(pred, target, q):
    e = target - pred
    return torch.where(e > 0, q * e**2, (1 - q) * e**2).mean()

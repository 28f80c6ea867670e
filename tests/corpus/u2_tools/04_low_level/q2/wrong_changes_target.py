"""Subtracts in place, so the target of the caller changes.

loses: value
keeps: gradient, quantile
"""

def pinball(pred, target, q):
    target -= pred
    return torch.maximum(q * target, (q - 1) * target).mean()

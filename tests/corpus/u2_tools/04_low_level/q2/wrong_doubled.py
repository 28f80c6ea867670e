"""Twice the loss.

loses: value, gradient
keeps: quantile
"""

def pinball(pred, target, q):
    e = target - pred
    return 2 * torch.maximum(q * e, (q - 1) * e).mean()

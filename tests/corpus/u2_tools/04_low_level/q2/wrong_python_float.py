"""Returns a plain number.

loses: gradient
keeps: value, quantile
"""

def pinball(pred, target, q):
    e = target - pred
    return torch.maximum(q * e, (q - 1) * e).mean().item()

"""Takes the mean over the last axis only.

loses: value, gradient
keeps: quantile
"""

def pinball(pred, target, q):
    e = target - pred
    return torch.maximum(q * e, (q - 1) * e).mean(dim=-1)

"""Charges only for predictions that are too low.

loses: value, gradient, quantile
"""

def pinball(pred, target, q):
    return (q * torch.relu(target - pred)).mean()

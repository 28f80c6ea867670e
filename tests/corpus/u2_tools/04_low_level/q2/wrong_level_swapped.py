"""Charges q for too high and 1 - q for too low.

loses: value, gradient, quantile
"""

def pinball(pred, target, q):
    too_low = torch.relu(target - pred)
    too_high = torch.relu(pred - target)
    return ((1 - q) * too_low + q * too_high).mean()

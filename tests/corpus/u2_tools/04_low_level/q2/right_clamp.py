"""Cuts both sides off with clamp."""

def pinball(pred, target, q):
    too_low = (target - pred).clamp(min=0)
    too_high = (pred - target).clamp(min=0)
    return (q * too_low + (1 - q) * too_high).mean()

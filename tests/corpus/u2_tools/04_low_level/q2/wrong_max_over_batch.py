"""Takes the largest value of the batch.

loses: value, gradient
"""

def pinball(pred, target, q):
    e = target - pred
    return torch.maximum(q * e, (q - 1) * e).max()

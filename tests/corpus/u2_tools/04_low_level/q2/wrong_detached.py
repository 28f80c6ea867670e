"""Detaches the prediction.

loses: gradient
keeps: value, quantile
"""

def pinball(pred, target, q):
    e = target - pred.detach()
    return torch.maximum(q * e, (q - 1) * e).mean().requires_grad_()

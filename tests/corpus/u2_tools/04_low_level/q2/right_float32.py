"""Computes in single precision."""

def pinball(pred, target, q):
    e = target.float() - pred.float()
    return torch.maximum(q * e, (q - 1) * e).mean()

"""Chooses the side with torch.where."""

def pinball(pred, target, q):
    e = target - pred
    return torch.where(e >= 0, q * e, (q - 1) * e).mean()

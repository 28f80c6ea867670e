"""The larger of two stacked rows."""

def pinball(pred, target, q):
    e = target - pred
    sides = torch.stack([q * e, (q - 1) * e])
    return sides.max(dim=0).values.mean()

"""Returns a tensor of shape (1,)."""

def pinball(pred, target, q):
    e = (target - pred).reshape(1, -1)
    return torch.maximum(q * e, (q - 1) * e).mean(dim=1)

"""Multiplies the error by the level minus an indicator."""

def pinball(pred, target, q):
    e = target - pred
    below = (e < 0).to(e.dtype)
    return torch.sum(e * (q - below)) / e.numel()

"""Turns the level into a tensor first."""

def pinball(pred, target, q):
    level = torch.as_tensor(q, dtype=pred.dtype)
    e = torch.sub(target, pred)
    return torch.mean(torch.maximum(torch.mul(level, e), torch.mul(level - 1, e)))

"""Adds the two sides as rectified errors."""

def pinball(pred, target, q):
    e = target - pred
    return torch.mean(q * torch.relu(e) + (1 - q) * torch.relu(-e))

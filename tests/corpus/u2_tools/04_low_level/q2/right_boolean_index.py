"""Splits the errors by their sign."""

def pinball(pred, target, q):
    e = (target - pred).flatten()
    return (q * e[e > 0].sum() - (1 - q) * e[e <= 0].sum()) / len(e)

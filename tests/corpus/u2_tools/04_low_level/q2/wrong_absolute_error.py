"""The mean absolute error: the level is ignored.

loses: value, gradient, quantile
"""

def pinball(pred, target, q):
    return (target - pred).abs().mean()

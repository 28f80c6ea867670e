"""Raises in each call.

loses: value, gradient, quantile
"""

def pinball(pred, target, q):
    raise ValueError("pred and target do not fit")

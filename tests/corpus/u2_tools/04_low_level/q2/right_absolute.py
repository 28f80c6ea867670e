"""Half the absolute error plus a tilt."""

def pinball(pred, target, q):
    e = target - pred
    return (0.5 * e.abs() + (q - 0.5) * e).mean()

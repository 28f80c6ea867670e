"""Never comes back.

loses: value, gradient, quantile
verdict: timed_out
"""

def pinball(pred, target, q):
    e = target - pred
    while True:
        pass

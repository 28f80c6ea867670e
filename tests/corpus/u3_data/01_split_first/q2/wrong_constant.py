"""Always one half.

loses: honest, selection
"""

def honest_cv(X, y, n_best, seed):
    return 0.5

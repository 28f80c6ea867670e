"""Forgets to return anything.

loses: one_step, many_steps, losses
"""

def fit_line(x, y, lr, n_steps):
    pass

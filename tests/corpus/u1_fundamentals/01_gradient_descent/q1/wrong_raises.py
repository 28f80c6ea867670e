"""Raises an exception.

loses: one_step, many_steps, losses
"""

def fit_line(x, y, lr, n_steps):
    raise ValueError('not like this')

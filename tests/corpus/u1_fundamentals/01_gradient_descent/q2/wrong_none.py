"""Forgets to return anything.

loses: smallest_final_loss, diverged_ignored
"""

def choose_lr(x, y, candidates, n_steps):
    pass

"""Right for the visible example only.

loses: smallest_final_loss, diverged_ignored
"""

def choose_lr(x, y, candidates, n_steps):
    return 0.1

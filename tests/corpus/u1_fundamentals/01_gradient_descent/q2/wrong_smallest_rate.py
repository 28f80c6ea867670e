"""The smallest rate, because it is the safest.

loses: smallest_final_loss, diverged_ignored
"""

def choose_lr(x, y, candidates, n_steps):
    return min(candidates)

"""The loss at the start, which is the same for all: the first candidate wins.

loses: smallest_final_loss, diverged_ignored
"""

def choose_lr(x, y, candidates, n_steps):
    return min(candidates, key=lambda rate: fit_line(x, y, rate, n_steps)[2][0])

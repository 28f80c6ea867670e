"""The largest rate learns fastest.

loses: smallest_final_loss, diverged_ignored
"""


def choose_lr(x, y, candidates, n_steps):
    return max(candidates)

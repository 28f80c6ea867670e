"""Python's min, which keeps a NaN that comes first.

loses: diverged_ignored
keeps: smallest_final_loss
"""


def choose_lr(x, y, candidates, n_steps):
    return min(candidates, key=lambda rate: fit_line(x, y, rate, n_steps)[2][-1])

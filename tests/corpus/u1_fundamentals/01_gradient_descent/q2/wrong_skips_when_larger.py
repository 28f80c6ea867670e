"""`if loss > best: continue`, which lets NaN through.

loses: diverged_ignored
keeps: smallest_final_loss
"""


def choose_lr(x, y, candidates, n_steps):
    best, smallest = None, float("inf")
    for rate in candidates:
        loss = fit_line(x, y, rate, n_steps)[2][-1]
        if loss > smallest:
            continue
        best, smallest = rate, loss
    return best

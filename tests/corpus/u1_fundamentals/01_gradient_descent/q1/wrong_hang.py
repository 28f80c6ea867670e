"""Never ends.

loses: one_step, many_steps, losses
verdict: timed_out
"""

def fit_line(x, y, lr, n_steps):
    while True:
        pass

"""Never ends.

loses: smallest_final_loss, diverged_ignored
verdict: timed_out
"""

def choose_lr(x, y, candidates, n_steps):
    while True:
        pass

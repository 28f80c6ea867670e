"""Never ends.

loses: learns_from_train_only, values
verdict: timed_out
"""

def evaluate(fit, predict, train, test):
    while True:
        pass

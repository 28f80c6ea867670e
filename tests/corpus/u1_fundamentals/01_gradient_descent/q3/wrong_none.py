"""Forgets to return anything.

loses: learns_from_train_only, values
"""

def evaluate(fit, predict, train, test):
    pass

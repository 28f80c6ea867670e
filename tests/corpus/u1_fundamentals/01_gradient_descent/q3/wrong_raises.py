"""Raises an exception.

loses: learns_from_train_only, values
"""

def evaluate(fit, predict, train, test):
    raise ValueError('not like this')

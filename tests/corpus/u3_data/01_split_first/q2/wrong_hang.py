"""Waits for an accuracy that never comes.

loses: honest, selection
verdict: timed_out
"""

def honest_cv(X, y, n_best, seed):
    accuracy = 0.0
    while accuracy <= 1.0:
        chosen = X[:, :n_best]
        accuracy = cross_val_score(LogisticRegression(), chosen, y, cv=5).mean()
    return accuracy

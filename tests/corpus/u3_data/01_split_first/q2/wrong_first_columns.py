"""Takes the first columns instead of the best.

loses: honest, selection
"""

def honest_cv(X, y, n_best, seed):
    folds = StratifiedKFold(5, shuffle=True, random_state=seed)

    return cross_val_score(LogisticRegression(), X[:, :n_best], y, cv=folds).mean()

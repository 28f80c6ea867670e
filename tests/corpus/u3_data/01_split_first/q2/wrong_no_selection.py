"""Uses all columns.

loses: selection
"""

def honest_cv(X, y, n_best, seed):
    folds = StratifiedKFold(5, shuffle=True, random_state=seed)

    return cross_val_score(LogisticRegression(), X, y, cv=folds).mean()

"""Takes the columns with the greatest variance.

loses: honest, selection
"""

def honest_cv(X, y, n_best, seed):
    folds = StratifiedKFold(5, shuffle=True, random_state=seed)

    best = np.argsort(X.var(axis=0))[-n_best:]
    return cross_val_score(LogisticRegression(), X[:, best], y, cv=folds).mean()

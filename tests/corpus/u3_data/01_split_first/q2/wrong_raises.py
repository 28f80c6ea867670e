"""Raises an exception.

loses: honest, selection
"""

def honest_cv(X, y, n_best, seed):
    model = make_pipeline(SelectKBest(f_classif, k=n_best), LogisticRegression())
    return cross_val_score(model, X, y, cv=folds).mean()

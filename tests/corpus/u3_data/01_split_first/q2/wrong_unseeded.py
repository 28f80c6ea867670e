"""Folds without a seed: another result at each call.

loses: selection
keeps: honest
"""

def honest_cv(X, y, n_best, seed):
    folds = StratifiedKFold(5, shuffle=True)
    model = make_pipeline(SelectKBest(f_classif, k=n_best), LogisticRegression())
    return cross_val_score(model, X, y, cv=folds).mean()

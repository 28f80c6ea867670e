"""Returns the best fold's accuracy.

loses: honest
keeps: selection
"""

def honest_cv(X, y, n_best, seed):
    folds = StratifiedKFold(5, shuffle=True, random_state=seed)

    model = make_pipeline(SelectKBest(f_classif, k=n_best), LogisticRegression())
    return cross_val_score(model, X, y, cv=folds).max()

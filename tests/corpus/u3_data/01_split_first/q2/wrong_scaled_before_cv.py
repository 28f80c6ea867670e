"""Scales all rows once before the cross-validation; the choice is inside.

loses: honest
keeps: selection
"""

from sklearn.preprocessing import StandardScaler


def honest_cv(X, y, n_best, seed):
    folds = StratifiedKFold(5, shuffle=True, random_state=seed)

    X = StandardScaler().fit_transform(X)
    model = make_pipeline(SelectKBest(f_classif, k=n_best), LogisticRegression())
    return cross_val_score(model, X, y, cv=folds).mean()

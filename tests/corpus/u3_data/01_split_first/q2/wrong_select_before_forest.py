"""Chooses by all rows, with a forest.

loses: honest
keeps: selection
"""

from sklearn.ensemble import RandomForestClassifier


def honest_cv(X, y, n_best, seed):
    folds = StratifiedKFold(5, shuffle=True, random_state=seed)

    chosen = SelectKBest(f_classif, k=n_best).fit_transform(X, y)
    model = RandomForestClassifier(50, random_state=seed)
    return cross_val_score(model, chosen, y, cv=folds).mean()

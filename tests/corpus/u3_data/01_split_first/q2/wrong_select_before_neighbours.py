"""Chooses by all rows, with nearest neighbours.

loses: honest
keeps: selection
"""

from sklearn.neighbors import KNeighborsClassifier


def honest_cv(X, y, n_best, seed):
    folds = StratifiedKFold(5, shuffle=True, random_state=seed)

    chosen = SelectKBest(f_classif, k=n_best).fit_transform(X, y)
    return cross_val_score(KNeighborsClassifier(3), chosen, y, cv=folds).mean()

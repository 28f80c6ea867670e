"""Chooses by all rows; the tree hides most of what that gives.

loses: honest
keeps: selection
"""

from sklearn.tree import DecisionTreeClassifier


def honest_cv(X, y, n_best, seed):
    folds = StratifiedKFold(5, shuffle=True, random_state=seed)

    chosen = SelectKBest(f_classif, k=n_best).fit_transform(X, y)
    return cross_val_score(DecisionTreeClassifier(random_state=0), chosen, y, cv=folds).mean()

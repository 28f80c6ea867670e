"""Uses all columns, with a tree.

loses: selection
"""

from sklearn.tree import DecisionTreeClassifier


def honest_cv(X, y, n_best, seed):
    folds = StratifiedKFold(5, shuffle=True, random_state=seed)

    return cross_val_score(DecisionTreeClassifier(random_state=0), X, y, cv=folds).mean()

"""Scaler and selector are fitted on all rows.

loses: honest
keeps: selection
"""

from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC


def honest_cv(X, y, n_best, seed):
    folds = StratifiedKFold(5, shuffle=True, random_state=seed)

    X = StandardScaler().fit_transform(X)
    X = SelectKBest(f_classif, k=n_best).fit_transform(X, y)
    return cross_val_score(SVC(), X, y, cv=folds).mean()

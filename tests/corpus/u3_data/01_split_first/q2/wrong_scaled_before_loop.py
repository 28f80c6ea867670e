"""Standardises by numpy before the folds are made; a linear support vector machine.

loses: honest
keeps: selection
"""

from sklearn.svm import SVC


def honest_cv(X, y, n_best, seed):
    folds = StratifiedKFold(5, shuffle=True, random_state=seed)

    X = (X - X.mean(axis=0)) / X.std(axis=0)
    scores = []
    for train, test in folds.split(X, y):
        best = np.argsort(f_classif(X[train], y[train])[0])[-n_best:]
        model = SVC(kernel="linear").fit(X[train][:, best], y[train])
        scores.append(model.score(X[test][:, best], y[test]))
    return float(np.mean(scores))

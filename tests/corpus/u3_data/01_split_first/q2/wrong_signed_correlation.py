"""Takes only columns that rise with the label: the absolute value is forgotten.

loses: selection
"""

def honest_cv(X, y, n_best, seed):
    folds = StratifiedKFold(5, shuffle=True, random_state=seed)

    scores = []
    for train, test in folds.split(X, y):
        A, b = X[train], y[train]
        r = ((A - A.mean(0)) * (b - b.mean())[:, None]).mean(0) / A.std(0)
        best = np.argsort(r)[-n_best:]
        model = LogisticRegression().fit(A[:, best], b)
        scores.append(model.score(X[test][:, best], y[test]))
    return np.mean(scores)

"""A loop over the folds, but the correlations come from all rows.

loses: honest
keeps: selection
"""

def honest_cv(X, y, n_best, seed):
    folds = StratifiedKFold(5, shuffle=True, random_state=seed)

    r = np.abs((X - X.mean(0)).T @ (y - y.mean())) / X.std(0)
    best = np.argsort(r)[-n_best:]
    scores = []
    for train, test in folds.split(X, y):
        model = LogisticRegression().fit(X[train][:, best], y[train])
        scores.append(model.score(X[test][:, best], y[test]))
    return np.mean(scores)

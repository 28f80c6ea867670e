"""Takes the largest p-values.

loses: honest, selection
"""

def honest_cv(X, y, n_best, seed):
    folds = StratifiedKFold(5, shuffle=True, random_state=seed)

    scores = []
    for train, test in folds.split(X, y):
        _, p = f_classif(X[train], y[train])
        best = np.argsort(p)[-n_best:]
        model = LogisticRegression().fit(X[train][:, best], y[train])
        scores.append(model.score(X[test][:, best], y[test]))
    return np.mean(scores)

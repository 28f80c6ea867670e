"""Trains on the small part of each fold and tests on the large one.

loses: selection
"""

def honest_cv(X, y, n_best, seed):
    folds = StratifiedKFold(5, shuffle=True, random_state=seed)

    scores = []
    for test, train in folds.split(X, y):
        model = make_pipeline(SelectKBest(f_classif, k=n_best), LogisticRegression())
        scores.append(model.fit(X[train], y[train]).score(X[test], y[test]))
    return np.mean(scores)

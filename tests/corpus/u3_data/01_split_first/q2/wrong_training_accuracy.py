"""Returns the accuracy in the training rows.

loses: honest
keeps: selection
"""

def honest_cv(X, y, n_best, seed):
    folds = StratifiedKFold(5, shuffle=True, random_state=seed)

    scores = []
    for train, test in folds.split(X, y):
        model = make_pipeline(SelectKBest(f_classif, k=n_best), LogisticRegression())
        model.fit(X[train], y[train])
        scores.append(model.score(X[train], y[train]))
    return np.mean(scores)

"""The model is fitted on all rows, and tested on each fold.

loses: honest
keeps: selection
"""

def honest_cv(X, y, n_best, seed):
    folds = StratifiedKFold(5, shuffle=True, random_state=seed)

    model = make_pipeline(SelectKBest(f_classif, k=n_best), LogisticRegression()).fit(X, y)
    return np.mean([model.score(X[test], y[test]) for _, test in folds.split(X, y)])

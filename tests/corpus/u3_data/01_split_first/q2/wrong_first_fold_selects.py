"""The first fold's training rows choose the columns for all folds.

loses: honest
keeps: selection
"""

def honest_cv(X, y, n_best, seed):
    folds = StratifiedKFold(5, shuffle=True, random_state=seed)

    selector = None
    scores = []
    for train, test in folds.split(X, y):
        if selector is None:
            selector = SelectKBest(f_classif, k=n_best).fit(X[train], y[train])
        model = LogisticRegression().fit(selector.transform(X[train]), y[train])
        scores.append(model.score(selector.transform(X[test]), y[test]))
    return np.mean(scores)

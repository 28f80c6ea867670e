"""The selector is inside the loop, and is fitted on all rows there.

loses: honest
keeps: selection
"""

def honest_cv(X, y, n_best, seed):
    folds = StratifiedKFold(5, shuffle=True, random_state=seed)

    scores = []
    for train, test in folds.split(X, y):
        selector = SelectKBest(f_classif, k=n_best).fit(X, y)
        model = LogisticRegression().fit(selector.transform(X[train]), y[train])
        scores.append(model.score(selector.transform(X[test]), y[test]))
    return np.mean(scores)

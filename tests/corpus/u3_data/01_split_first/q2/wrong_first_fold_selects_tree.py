"""The first fold's training rows choose for all folds, with a tree.

loses: honest
keeps: selection
"""

from sklearn.tree import DecisionTreeClassifier


def honest_cv(X, y, n_best, seed):
    folds = StratifiedKFold(5, shuffle=True, random_state=seed)

    scores = []
    for k, (train, test) in enumerate(folds.split(X, y)):
        if k == 0:
            best = np.argsort(f_classif(X[train], y[train])[0])[-n_best:]
        model = DecisionTreeClassifier(random_state=0).fit(X[train][:, best], y[train])
        scores.append(model.score(X[test][:, best], y[test]))
    return np.mean(scores)

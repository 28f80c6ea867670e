"""A single decision tree."""

from sklearn.tree import DecisionTreeClassifier


def honest_cv(X, y, n_best, seed):
    pipe = make_pipeline(SelectKBest(f_classif, k=n_best), DecisionTreeClassifier(random_state=seed))
    folds = StratifiedKFold(n_splits=5, shuffle=True, random_state=seed)
    return float(cross_val_score(pipe, X, y, cv=folds, scoring="accuracy").mean())

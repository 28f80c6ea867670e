"""A forest of 100 trees."""

from sklearn.ensemble import RandomForestClassifier


def honest_cv(X, y, n_best, seed):
    pipe = make_pipeline(SelectKBest(f_classif, k=n_best), RandomForestClassifier(random_state=seed))
    folds = StratifiedKFold(n_splits=5, shuffle=True, random_state=seed)
    return cross_val_score(pipe, X, y, cv=folds).mean()

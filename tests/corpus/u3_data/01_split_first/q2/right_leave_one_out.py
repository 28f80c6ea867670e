"""Each row is a fold of its own."""

from sklearn.model_selection import LeaveOneOut


def honest_cv(X, y, n_best, seed):
    model = make_pipeline(SelectKBest(f_classif, k=n_best), LogisticRegression())
    return cross_val_score(model, X, y, cv=LeaveOneOut()).mean()

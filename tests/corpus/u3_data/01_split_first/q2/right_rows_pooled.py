"""Predictions of all folds together, by cross_val_predict, and their share of hits."""

from sklearn.model_selection import cross_val_predict


def honest_cv(X, y, n_best, seed):
    model = make_pipeline(SelectKBest(f_classif, k=n_best), LogisticRegression())
    guesses = cross_val_predict(model, X, y, cv=StratifiedKFold(5, shuffle=True, random_state=seed))
    return (guesses == y).mean()

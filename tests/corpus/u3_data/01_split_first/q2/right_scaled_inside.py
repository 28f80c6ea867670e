"""Scaler between selection and a ridge classifier; three repeats of five folds."""

from sklearn.linear_model import RidgeClassifier
from sklearn.model_selection import RepeatedStratifiedKFold
from sklearn.preprocessing import StandardScaler


def honest_cv(X, y, n_best, seed):
    model = make_pipeline(SelectKBest(f_classif, k=n_best), StandardScaler(), RidgeClassifier())
    return cross_val_score(model, X, y, cv=RepeatedStratifiedKFold(n_splits=5, n_repeats=3, random_state=seed)).mean()

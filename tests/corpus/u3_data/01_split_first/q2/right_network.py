"""A small neural network on scaled columns."""

import warnings

from sklearn.neural_network import MLPClassifier
from sklearn.preprocessing import StandardScaler


def honest_cv(X, y, n_best, seed):
    network = MLPClassifier((8,), max_iter=150, learning_rate_init=0.01, random_state=seed)
    model = make_pipeline(StandardScaler(), SelectKBest(f_classif, k=n_best), network)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return cross_val_score(model, X, y, cv=StratifiedKFold(5, shuffle=True, random_state=seed)).mean()

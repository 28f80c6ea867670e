"""Chooses by all rows, then one train-test split.

loses: honest
"""

from sklearn.model_selection import train_test_split


def honest_cv(X, y, n_best, seed):
    chosen = SelectKBest(f_classif, k=n_best).fit_transform(X, y)
    A, B, a, b = train_test_split(chosen, y, test_size=0.3, random_state=seed, stratify=y)
    return LogisticRegression().fit(A, a).score(B, b)

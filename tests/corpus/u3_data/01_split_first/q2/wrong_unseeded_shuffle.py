"""Shuffles the rows by numpy's global generator, which nobody has seeded.

loses: selection
keeps: honest
"""

def honest_cv(X, y, n_best, seed):
    order = np.random.permutation(len(y))
    model = make_pipeline(SelectKBest(f_classif, k=n_best), LogisticRegression())
    return cross_val_score(model, X[order], y[order], cv=5).mean()

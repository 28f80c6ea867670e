"""Adds noisy copies of the rows before it makes the folds.

loses: honest
"""

def honest_cv(X, y, n_best, seed):
    folds = StratifiedKFold(5, shuffle=True, random_state=seed)

    rng = np.random.default_rng(seed)
    X = np.vstack([X, X + rng.normal(scale=0.1, size=X.shape)])
    y = np.concatenate([y, y])
    model = make_pipeline(SelectKBest(f_classif, k=n_best), LogisticRegression())
    return cross_val_score(model, X, y, cv=folds).mean()

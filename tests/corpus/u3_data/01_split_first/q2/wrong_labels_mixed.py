"""Shuffles X and y apart.

loses: honest, selection
"""

def honest_cv(X, y, n_best, seed):
    folds = StratifiedKFold(5, shuffle=True, random_state=seed)

    rng = np.random.default_rng(seed)
    X, y = rng.permutation(X), rng.permutation(y)
    model = make_pipeline(SelectKBest(f_classif, k=n_best), LogisticRegression())
    return cross_val_score(model, X, y, cv=folds).mean()

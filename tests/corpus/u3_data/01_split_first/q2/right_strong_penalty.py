"""A hundredfold penalty on the weights."""

def honest_cv(X, y, n_best, seed):
    model = make_pipeline(SelectKBest(f_classif, k=n_best), LogisticRegression(C=0.01))
    return cross_val_score(model, X, y, cv=StratifiedKFold(5, shuffle=True, random_state=seed)).mean()

"""No library: lists and sums."""

def fit_line(x, y, lr, n_steps):
    x, y, n = list(map(float, x)), list(map(float, y)), len(x)
    w = b = 0.0
    losses = []
    for step in range(n_steps + 1):
        errors = [w * xi + b - yi for xi, yi in zip(x, y)]
        losses.append(sum(e * e for e in errors) / n)
        if step < n_steps:
            dw = sum(2 * e * xi for e, xi in zip(errors, x)) / n
            db = sum(2 * e for e in errors) / n
            w, b = w - lr * dw, b - lr * db
    return [w, b, losses]

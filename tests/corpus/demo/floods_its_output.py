def fit_line(x, y, lr, n_steps):
    while True:
        print("and so on " * 10_000)

def fit_line(x, y, lr, n_steps):
    while True:
        try:
            while True:
                pass
        except BaseException:
            pass

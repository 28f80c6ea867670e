"""Predicts row by row, without a library."""


def evaluate(fit, predict, train, test):
    model = fit(list(train[0]), list(train[1]))
    result = {}
    for name, (x, y) in zip(("train_mse", "test_mse"), (train, test)):
        squares = [(float(predict(model, [xi])[0]) - yi) ** 2 for xi, yi in zip(x, y)]
        result[name] = sum(squares) / len(squares)
    return result

"""scikit-learn's mean_squared_error, and an extra key."""

from sklearn.metrics import mean_squared_error


def evaluate(fit, predict, train, test):
    (x_train, y_train), (x_test, y_test) = train, test
    model = fit(x_train, y_train)
    return {
        "test_mse": mean_squared_error(y_test, predict(model, x_test)),
        "train_mse": mean_squared_error(y_train, predict(model, x_train)),
        "n_train": len(y_train),
    }

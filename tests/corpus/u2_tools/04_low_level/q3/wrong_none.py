"""Both give nothing.

loses: values, weights, config, keras_step
"""

def CenteredDense(units):
    return None


def keras_step(model, opt, X, y):
    return None

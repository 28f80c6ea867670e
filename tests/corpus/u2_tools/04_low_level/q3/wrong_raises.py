"""Raises as soon as it is used.

loses: values, weights, config, keras_step
"""

class CenteredDense(keras.layers.Layer):
    def __init__(self, units, **kwargs):
        raise ValueError("not today")


def keras_step(model, opt, X, y):
    raise ValueError("not today")

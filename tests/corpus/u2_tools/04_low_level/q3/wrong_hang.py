"""The layer and the step never come back.

loses: values, weights, config, keras_step
verdict: timed_out
"""

class CenteredDense(keras.layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units

    def build(self, input_shape):
        self.W = self.add_weight(shape=(input_shape[-1], self.units), initializer="glorot_uniform", name="W")
        self.b = self.add_weight(shape=(self.units,), initializer="zeros", name="b")

    def call(self, x):
        while True:
            x = x - tf.reduce_mean(x, axis=-1, keepdims=True)

    def get_config(self):
        config = super().get_config()
        config["units"] = self.units
        return config


def keras_step(model, opt, X, y):
    loss = 1.0
    while loss > 0:
        loss = float(tf.reduce_mean((model(X) - y) ** 2)) + 1e-9
    return loss

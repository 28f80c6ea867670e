"""Compiles the model with the optimizer and lets Keras make the step."""

class CenteredDense(keras.layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units

    def build(self, input_shape):
        self.W = self.add_weight(shape=(input_shape[-1], self.units), initializer="glorot_uniform", name="W")
        self.b = self.add_weight(shape=(self.units,), initializer="zeros", name="b")

    def call(self, x):
        centred = x - tf.reduce_mean(x, axis=-1, keepdims=True)
        return tf.matmul(centred, self.W) + self.b

    def get_config(self):
        config = super().get_config()
        config["units"] = self.units
        return config


def keras_step(model, opt, X, y):
    model.compile(optimizer=opt, loss="mse")
    return float(model.train_on_batch(X, y))

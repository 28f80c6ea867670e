"""Asks for its weights in call, when the layer is already built.

loses: values, weights, config
keeps: keras_step
"""

class CenteredDense(keras.layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units

    def call(self, x):
        self.W = self.add_weight(shape=(x.shape[-1], self.units))
        self.b = self.add_weight(shape=(self.units,), initializer="zeros")
        return tf.matmul(x - tf.reduce_mean(x, axis=-1, keepdims=True), self.W) + self.b

    def get_config(self):
        config = super().get_config()
        config["units"] = self.units
        return config


def keras_step(model, opt, X, y):
    with tf.GradientTape() as tape:
        prediction = model(X, training=True)
        loss = tf.reduce_mean((prediction - y) ** 2)
    gradients = tape.gradient(loss, model.trainable_variables)
    opt.apply_gradients(zip(gradients, model.trainable_variables))
    return float(loss)

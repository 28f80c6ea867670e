"""Makes its inner Dense layer in build."""

class CenteredDense(keras.layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units

    def build(self, input_shape):
        self.inner = keras.layers.Dense(self.units, use_bias=True)
        self.inner.build(input_shape)

    def call(self, x):
        return self.inner(x - keras.ops.mean(x, axis=-1, keepdims=True))

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

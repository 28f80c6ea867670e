"""Watches the variables by hand and computes the loss again for the answer, before the update."""

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
    weights = model.trainable_variables
    value = float(np.mean((model(X).numpy() - y.numpy()) ** 2))
    with tf.GradientTape(watch_accessed_variables=False) as tape:
        for weight in weights:
            tape.watch(weight.value)
        gap = model(X) - y
        loss = tf.reduce_sum(gap * gap) / tf.cast(tf.size(gap), gap.dtype)
    gradients = tape.gradient(loss, [weight.value for weight in weights])
    opt.apply(gradients, weights)
    return value

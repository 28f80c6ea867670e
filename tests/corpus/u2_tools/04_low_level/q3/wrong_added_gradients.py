"""Adds the gradients of all calls up.

loses: keras_step
keeps: values, weights, config
"""

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


kept = {}
def keras_step(model, opt, X, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((model(X, training=True) - y) ** 2)
    new = tape.gradient(loss, model.trainable_variables)
    old = kept.get(id(model))
    kept[id(model)] = new if old is None else [a + b for a, b in zip(old, new)]
    opt.apply_gradients(zip(kept[id(model)], model.trainable_variables))
    return float(loss)

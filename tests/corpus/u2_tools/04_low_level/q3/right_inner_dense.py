"""Holds an inner Dense layer, which Keras builds by itself."""

class CenteredDense(keras.layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.dense = keras.layers.Dense(units)

    def call(self, inputs):
        return self.dense(inputs - keras.ops.mean(inputs, axis=-1, keepdims=True))

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

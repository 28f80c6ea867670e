"""Makes keras.Variable objects and keeps them as attributes."""

class CenteredDense(keras.layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units

    def build(self, input_shape):
        draw = keras.initializers.GlorotUniform()
        self.W = keras.Variable(draw((input_shape[-1], self.units)), name="W")
        self.b = keras.Variable(np.zeros(self.units, dtype="float32"), name="b")

    def call(self, x):
        return keras.ops.add(keras.ops.matmul(x - keras.ops.mean(x, axis=-1, keepdims=True), self.W), self.b)

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

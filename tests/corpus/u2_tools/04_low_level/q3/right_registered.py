"""Is registered with Keras, and takes its settings as keywords only."""

@keras.saving.register_keras_serializable()
class CenteredDense(keras.layers.Layer):
    def __init__(self, units=8, name=None, **kwargs):
        super().__init__(name=name, **kwargs)
        self.units = units

    def build(self, input_shape):
        self.W = self.add_weight(name="W", shape=[input_shape[1], self.units])
        self.b = self.add_weight(name="b", shape=[self.units], initializer=keras.initializers.Zeros())
        super().build(input_shape)

    def call(self, x):
        centred = x - tf.reduce_mean(x, axis=-1, keepdims=True)
        return tf.matmul(centred, self.W) + self.b

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

"""A Keras layer and Keras's SGD in a GradientTape."""

import keras
import tensorflow as tf


def fit_line(x, y, lr, n_steps):
    layer = keras.layers.Dense(1, kernel_initializer="zeros")
    inputs, targets = tf.constant(x[:, None], tf.float32), tf.constant(y[:, None], tf.float32)
    layer.build((None, 1))
    optimizer = keras.optimizers.SGD(learning_rate=lr)
    mse = keras.losses.MeanSquaredError()
    losses = []
    for _ in range(n_steps):
        with tf.GradientTape() as tape:
            loss = mse(targets, layer(inputs))
        losses.append(float(loss))
        gradients = tape.gradient(loss, layer.trainable_variables)
        optimizer.apply_gradients(zip(gradients, layer.trainable_variables))
    losses.append(float(mse(targets, layer(inputs))))
    kernel, bias = layer.get_weights()
    return kernel[0, 0], bias[0], losses

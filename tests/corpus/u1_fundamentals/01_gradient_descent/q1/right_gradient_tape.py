"""Gradients by TensorFlow's GradientTape, in float32."""

import tensorflow as tf


def fit_line(x, y, lr, n_steps):
    x, y = tf.constant(x, tf.float32), tf.constant(y, tf.float32)
    w, b = tf.Variable(0.0), tf.Variable(0.0)
    losses = []
    for _ in range(n_steps):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(w * x + b - y))
        losses.append(loss)
        dw, db = tape.gradient(loss, [w, b])
        w.assign_sub(lr * dw)
        b.assign_sub(lr * db)
    losses.append(tf.reduce_mean(tf.square(w * x + b - y)))
    return w, b, tf.stack(losses)

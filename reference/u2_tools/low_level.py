"""What the answers to u2_tools/04_low_level must do, in numpy alone and in float64.

A small network with one hidden layer, its gradient by the chain rule, and the optimizers as PyTorch and Keras
define them. Nothing here is shared with the solution: no tape, no autograd.

    parameters    (W1, b1, W2, b2), of shapes (d, h), (h,), (h, k), (k,)
    output        tanh(x W1 + b1) * damping W2 + b2
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

import numpy as np
import numpy.typing as npt

Array: TypeAlias = npt.NDArray[np.float64]
Parameters: TypeAlias = tuple[Array, ...]
Loss: TypeAlias = Callable[[Array, Array], tuple[float, Array]]


class Optimizer(Protocol):
    """Turns parameters and their gradients into new parameters, and remembers what it needs."""

    def update(self, parameters: Parameters, gradients: Parameters) -> Parameters:
        """The parameters after one step."""
        ...


def mean_squared_error(output: Array, target: Array) -> tuple[float, Array]:
    """Mean over all elements of the squared difference, and its gradient for `output`."""
    gap = output - target
    return float(np.vdot(gap, gap) / gap.size), gap * (2.0 / gap.size)


def poisson_error(output: Array, target: Array) -> tuple[float, Array]:
    """Mean of exp(output) - target * output over all elements, and its gradient for `output`.

    It is not symmetric: exchanging output and target gives something else.
    """
    rate = np.exp(output)
    return float((rate - target * output).sum() / output.size), (rate - target) / output.size


def network(parameters: Parameters, x: Array, damping: float = 1.0) -> Array:
    """Output of shape (n, k) for inputs of shape (n, d)."""
    first, first_bias, second, second_bias = parameters
    return damping * np.tanh(x @ first + first_bias) @ second + second_bias


def loss_and_gradients(
    parameters: Parameters, x: Array, y: Array, loss: Loss, damping: float = 1.0
) -> tuple[float, Parameters]:
    """The loss of one batch and its gradients, in the order of the parameters."""
    first, first_bias, second, _ = parameters
    active = np.tanh(x @ first + first_bias)
    value, of_output = loss(network(parameters, x, damping), y)
    of_active = damping * of_output @ second.T
    of_sum = of_active * (1.0 - active**2)
    return value, (x.T @ of_sum, of_sum.sum(0), damping * active.T @ of_output, of_output.sum(0))


@dataclass
class Momentum:
    """Gradient descent with momentum; PyTorch and Keras agree while the learning rate stays the same."""

    rate: float
    momentum: float
    _velocity: list[Array] = field(default_factory=list)

    def update(self, parameters: Parameters, gradients: Parameters) -> Parameters:
        """v becomes momentum * v + gradient, the parameter loses rate * v."""
        before = self._velocity or [np.zeros_like(g) for g in gradients]
        self._velocity = [self.momentum * v + g for v, g in zip(before, gradients, strict=True)]
        return tuple(p - self.rate * v for p, v in zip(parameters, self._velocity, strict=True))


@dataclass
class Adam:
    """Adam; the frameworks differ in where they add epsilon.

    Attributes
    ----------
    inner_epsilon : bool
        False: epsilon is added to the root of the corrected second moment (PyTorch).
        True: epsilon is added to the root of the raw one, and the correction comes after (Keras).
    """

    rate: float
    decay: tuple[float, float]
    epsilon: float
    inner_epsilon: bool = False
    _count: int = 0
    _first: list[Array] = field(default_factory=list)
    _second: list[Array] = field(default_factory=list)

    def update(self, parameters: Parameters, gradients: Parameters) -> Parameters:
        """One step of Adam with bias correction."""
        if not self._count:
            self._first = [np.zeros_like(g) for g in gradients]
            self._second = [np.zeros_like(g) for g in gradients]
        self._count += 1
        a, b = self.decay
        self._first = [a * m + (1 - a) * g for m, g in zip(self._first, gradients, strict=True)]
        self._second = [b * s + (1 - b) * g * g for s, g in zip(self._second, gradients, strict=True)]
        moments = zip(parameters, self._first, self._second, strict=True)
        return tuple(p - self._change(m, s) for p, m, s in moments)

    def _change(self, first: Array, second: Array) -> Array:
        a, b = (1 - decay**self._count for decay in self.decay)
        if self.inner_epsilon:
            step: Array = self.rate * np.sqrt(b) / a * first / (np.sqrt(second) + self.epsilon)
        else:
            step = self.rate * (first / a) / (np.sqrt(second / b) + self.epsilon)
        return step


def train(
    parameters: Parameters,
    batches: Sequence[tuple[Array, Array]],
    optimizer: Optimizer,
    loss: Loss = mean_squared_error,
    damping: float = 1.0,
) -> list[tuple[float, Parameters]]:
    """For each batch in turn: the loss before the step, and the parameters after it."""
    history = []
    for x, y in batches:
        value, gradients = loss_and_gradients(parameters, x, y, loss, damping)
        parameters = optimizer.update(parameters, gradients)
        history.append((value, parameters))
    return history


def pinball(pred: Array, target: Array, q: float) -> float:
    """Mean pinball loss: too low costs q, too high 1 - q, for each unit of the error."""
    too_low = np.clip(target - pred, 0, None)
    too_high = np.clip(pred - target, 0, None)
    return float((q * too_low + (1 - q) * too_high).sum() / pred.size)


def pinball_gradient(pred: Array, target: Array, q: float) -> Array:
    """Gradient of the mean pinball loss for `pred`, where no prediction equals its target."""
    return ((pred > target) - q) / pred.size


def centered_dense(x: Array, weights: Array, bias: Array) -> Array:
    """Each row of x (n, d) loses its own mean, then times `weights` (d, units) plus `bias` (units,)."""
    # Subtracting a row's mean is a product with I - 1/d, which may as well act on the weights.
    result: Array = x @ (weights - weights.mean(0)) + bias
    return result

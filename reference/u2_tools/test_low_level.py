"""Graders of u2_tools/04_low_level.

Models and optimizers are built in the student's process by the kits below. What is judged is what comes back:
losses, weights and gradients, against the numpy reference. This side needs neither PyTorch nor TensorFlow.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder import expect
from autograder.plugin import Hidden, bracket, question
from autograder.student import Handle, Student, TensorFlow, Torch
from reference.u2_tools import low_level as reference

CALLS = 3
NAMES = ("W1", "b1", "W2", "b2")

TORCH_KIT = '''
import torch


class Damping(torch.nn.Module):
    """Scales in training mode and does nothing otherwise: a dropout without chance."""

    def __init__(self, factor):
        super().__init__()
        self.factor = factor

    def forward(self, x):
        return x * self.factor if self.training else x


def network(parameters, damping):
    """Linear, tanh, damping, linear, with the given parameters."""
    layers = []
    for weights, bias in (parameters[:2], parameters[2:]):
        linear = torch.nn.Linear(*weights.shape)
        with torch.no_grad():
            linear.weight.copy_(torch.from_numpy(weights.T.copy()))
            linear.bias.copy_(torch.from_numpy(bias))
        layers.append(linear)
    return torch.nn.Sequential(layers[0], torch.nn.Tanh(), Damping(damping), layers[1]).train()


def optimizer(model, name, rate, settings):
    if name == "momentum":
        return torch.optim.SGD(model.parameters(), lr=rate, momentum=settings["momentum"])
    return torch.optim.Adam(model.parameters(), lr=rate, betas=settings["decay"], eps=settings["epsilon"])


def loss(name):
    return torch.nn.MSELoss() if name == "squared" else torch.nn.PoissonNLLLoss(log_input=True)


def read(model):
    """The parameters as arrays, weights with one column for each output."""
    return [value.detach().clone().numpy().T for value in model.parameters()]


def tensor(values, collects_gradients=False):
    return torch.from_numpy(values.copy()).requires_grad_(collects_gradients)


def gradient(loss, pred):
    """The gradient of the loss for pred, or a word that says why there is none."""
    if not isinstance(loss, torch.Tensor):
        return "no tensor"
    if loss.numel() != 1:
        return "no number"
    if not loss.requires_grad:
        return "no graph"
    try:
        (found,) = torch.autograd.grad(3.0 * loss.sum(), pred, allow_unused=True)
    except Exception:
        return "no backward"
    return "no way back" if found is None else found / 3.0
'''

KERAS_KIT = '''
import keras
import numpy as np
import tensorflow as tf


def variables(thing, depth=3):
    """The variables of a layer, also those that Keras does not know of, each once."""
    found = {}
    if isinstance(thing, (keras.Variable, tf.Variable)):
        found[id(thing)] = thing
    elif depth and isinstance(thing, (list, tuple, dict)):
        for part in list(thing.values()) if isinstance(thing, dict) else list(thing):
            found.update((id(v), v) for v in variables(part, depth - 1))
    elif depth and isinstance(thing, keras.layers.Layer):
        for part in [*thing.weights, *vars(thing).values()]:
            found.update((id(v), v) for v in variables(part, depth - 1))
    inside = {id(v.value) for v in found.values() if isinstance(v, keras.Variable)}
    return [v for v in found.values() if id(v) not in inside]


def the_layer(layer):
    if not isinstance(layer, keras.layers.Layer):
        raise TypeError("CenteredDense(units) is no Keras layer")
    return layer


def fill(layer, arrays):
    """Give each array to the variables of its shape; returns for each how many there were."""
    counts = []
    for array in arrays:
        fitting = [v for v in variables(the_layer(layer)) if tuple(v.shape) == array.shape]
        for variable in fitting:
            variable.assign(array.astype(keras.backend.standardize_dtype(variable.dtype)))
        counts.append(len(fitting))
    return counts


def shapes(layer, only_trainable):
    """The shapes of its weights in order of size, as text."""
    weights = the_layer(layer).trainable_weights if only_trainable else variables(the_layer(layer))
    return " ".join(sorted("x".join(str(int(size)) for size in w.shape) for w in weights))


def reached(layer, x):
    """How many of its trainable weights a gradient reaches."""
    weights = the_layer(layer).trainable_weights
    with tf.GradientTape() as tape:
        total = tf.reduce_sum(tf.square(layer(x) + 1.0))
    found = tape.gradient(total, [w.value if isinstance(w, keras.Variable) else w for w in weights])
    return sum(gradient is not None for gradient in found)


def network(parameters):
    """Dense with tanh, dense, with the given parameters."""
    (inputs, hidden), outputs = parameters[0].shape, parameters[2].shape[1]
    model = keras.Sequential(
        [keras.Input((inputs,)), keras.layers.Dense(hidden, activation="tanh"), keras.layers.Dense(outputs)]
    )
    model.set_weights(parameters)
    return model


def optimizer(model, name, rate, settings):
    if name == "momentum":
        made = keras.optimizers.SGD(rate, momentum=settings["momentum"])
    else:
        first, second = settings["decay"]
        made = keras.optimizers.Adam(rate, beta_1=first, beta_2=second, epsilon=settings["epsilon"])
    made.build(model.trainable_variables)  # so that a step inside a tf.function works, too
    return made


def read(model):
    return [np.array(value) for value in model.get_weights()]
'''

NO_GRADIENT = {
    "no tensor": "`pinball` does not return a torch tensor.",
    "no number": "`pinball` does not return one number, but a tensor with several elements.",
    "no graph": "The result of `pinball` is not part of the graph.",
    "no backward": "`backward` on the result of `pinball` raises an error.",
    "no way back": "No gradient arrives at `pred`.",
}


@dataclass(frozen=True)
class Training:
    """A hidden network, the batches to train it on, and how.

    Attributes
    ----------
    optimizer : str
        "momentum" or "adam".
    loss : str
        "squared" or "poisson".
    """

    parameters: reference.Parameters
    batches: tuple[tuple[reference.Array, reference.Array], ...]
    optimizer: str
    loss: str
    damping: float
    rate: float
    settings: dict[str, Any]

    @classmethod
    def draw(
        cls, rng: np.random.Generator, optimizer: str, loss: str, outputs: int, damping: float = 1.0
    ) -> Training:
        """A network with a few units; batches of different sizes, one of them a single example."""
        d, h, k = int(rng.integers(2, 6)), int(rng.integers(3, 7)), outputs
        shapes = ((d, h), (h,), (h, k), (k,))
        parameters = tuple(_single(rng.normal(size=shape) * 0.7) for shape in shapes)
        sizes = rng.permutation([1, 2 * int(rng.integers(2, 6)) + 1, int(rng.integers(12, 20))])
        batches = tuple((_single(rng.normal(size=(n, d))), _targets(rng, n, k, loss)) for n in sizes)
        settings = {
            "momentum": float(rng.uniform(0.7, 0.95)),
            "decay": (float(rng.uniform(0.8, 0.92)), float(rng.uniform(0.9, 0.99))),
            "epsilon": float(rng.uniform(0.05, 0.2)),  # large, so that the scale of the gradients matters
        }
        return cls(parameters, batches, optimizer, loss, damping, float(rng.uniform(0.01, 0.04)), settings)

    @property
    def loss_function(self) -> reference.Loss:
        """The loss as the reference has it."""
        return reference.mean_squared_error if self.loss == "squared" else reference.poisson_error

    def in_guest(self, kit: Handle) -> tuple[Handle, Handle]:
        """The model and its optimizer, in the student's process."""
        parameters = [value.astype(np.float32) for value in self.parameters]
        arguments = (parameters,) if self.damping == 1.0 else (parameters, self.damping)
        model = kit.network.handle(*arguments)
        return model, kit.optimizer.handle(model, self.optimizer, self.rate, self.settings)

    def history(self, *, keras: bool = False) -> list[tuple[float, reference.Parameters]]:
        """The loss before each step and the parameters after it."""
        how: reference.Optimizer = reference.Momentum(self.rate, self.settings["momentum"])
        if self.optimizer == "adam":
            how = reference.Adam(self.rate, self.settings["decay"], self.settings["epsilon"], keras)
        return reference.train(self.parameters, self.batches, how, self.loss_function, self.damping)


def _single(values: reference.Array) -> reference.Array:
    """Rounded to float32, so that both sides start from the same numbers."""
    return values.astype(np.float32).astype(np.float64)


def _targets(rng: np.random.Generator, n: int, k: int, loss: str) -> reference.Array:
    """Targets far from the first predictions, so that gradients are long."""
    if loss == "poisson":
        return rng.poisson(4.0, size=(n, k)).astype(np.float64)
    return _single(rng.normal(3.0, 2.0, size=(n, k)))


def _read(kit: Handle, model: Handle, like: reference.Parameters) -> reference.Parameters:
    """The model's parameters as they are now."""
    values = expect.items(kit.read(model), len(like), what="parameters of the model")
    return tuple(
        expect.array(value, name="the model's weights", shape=want.shape)
        for value, want in zip(values, like, strict=True)
    )


def _same_weights(
    call: int, got: reference.Parameters, want: reference.Parameters, before: reference.Parameters
) -> None:
    """The weights after call number `call` (from 1) are those of the reference."""
    unchanged = all(np.array_equal(a, b) for a, b in zip(got, before, strict=True))
    expect.that(
        not unchanged,
        f"Call {call} leaves all weights of the model as they were.",
        "The optimizer must make its step when the gradients of this batch are there.",
    )
    after = "the first call" if call == 1 else f"{call} calls in a row"
    for a, b in zip(got, want, strict=True):
        expect.close(a, b, name=f"a weight of the model after {after}", **expect.TG)


@question("q1", objectives=["O2.4", "O1.10", "O1.11"])
class TestTorchStep:
    """A step of training written in PyTorch."""

    @bracket(1)
    def test_momentum(self, student: Student, hidden: Hidden) -> None:
        """Three calls in a row train the model as SGD with momentum does."""
        kit = student.kit(TORCH_KIT)
        for i, rng in enumerate(hidden.rngs(5)):
            self._train(student, kit, Training.draw(rng, "momentum", _either(i), 1 + i % 3, 0.5))

    @bracket(1)
    def test_adam(self, student: Student, hidden: Hidden) -> None:
        """Three calls in a row train the model as Adam does."""
        kit = student.kit(TORCH_KIT)
        for i, rng in enumerate(hidden.rngs(5)):
            self._train(student, kit, Training.draw(rng, "adam", _either(i), 1 + i % 3, 0.5))

    @bracket(1)
    def test_returned_loss(self, student: Student, hidden: Hidden) -> None:
        """Each call returns the loss of its batch before the weights change."""
        kit = student.kit(TORCH_KIT)
        for i, rng in enumerate(hidden.rngs(5)):
            case = Training.draw(rng, "adam" if i % 2 else "momentum", _either(i // 2), 1 + i % 3, 0.5)
            model, optimizer = case.in_guest(kit)
            loss = kit.loss.handle(case.loss)
            for x, y in case.batches:
                before = _read(kit, model, case.parameters)
                want, _ = reference.loss_and_gradients(before, x, y, case.loss_function, case.damping)
                got = student.torch_step(model, loss, optimizer, _torch(x), _torch(y))
                expect.close(expect.number(got, name="the loss"), want, name="the loss")

    @staticmethod
    def _train(student: Student, kit: Handle, case: Training) -> None:
        model, optimizer = case.in_guest(kit)
        loss = kit.loss.handle(case.loss)
        before = case.parameters
        steps = zip(case.batches, case.history(), strict=True)
        for call, ((x, y), (_, want)) in enumerate(steps, 1):
            student.torch_step.handle(model, loss, optimizer, _torch(x), _torch(y))
            got = _read(kit, model, case.parameters)
            _same_weights(call, got, want, before)
            before = got


@question("q2", objectives=["O2.4", "O1.11"])
class TestPinball:
    """A loss for quantiles, written in PyTorch."""

    @bracket(1)
    def test_value(self, student: Student, hidden: Hidden) -> None:
        """The loss is the mean of max(q * e, (q - 1) * e) with e = target - pred."""
        kit = student.kit(TORCH_KIT)
        for pred, target, q in _predictions(hidden):
            tensors = [kit.tensor.handle(values) for values in (pred, target)]
            want = reference.pinball(pred, target, q)
            for name in ("the loss", "the loss of a second call with the same tensors"):
                expect.close(expect.number(student.pinball(*tensors, q), name=name), want, name=name)

    @bracket(1)
    def test_gradient(self, student: Student, hidden: Hidden) -> None:
        """`backward` brings the right gradient to the predictions."""
        kit = student.kit(TORCH_KIT)
        for pred, target, q in _predictions(hidden):
            leaf = kit.tensor.handle(pred, True)
            loss = student.pinball.handle(leaf, Torch(target), q)
            got = kit.gradient(loss, leaf)
            if isinstance(got, str):
                problem = NO_GRADIENT.get(got, "There is no gradient.")
                hint = "Use operations of PyTorch from `pred` to the result, and don't leave the graph in between."
                expect.that(False, problem, hint)
            got = expect.array(got, name="the gradient for `pred`", shape=pred.shape)
            want = reference.pinball_gradient(pred, target, q)
            expect.close(got, want, name="the gradient for `pred`", **expect.TG)

    @bracket(1)
    def test_quantile(self, student: Student, hidden: Hidden) -> None:
        """Of all constant predictions, the q-quantile of the targets has the smallest loss."""
        for rng in hidden.rngs(5):
            n = int(rng.integers(9, 16))
            place = int(rng.choice([i for i in range(2, n - 2) if i != n // 2]))
            q = (place + 0.5) / n  # between two whole numbers of examples, so that one target is the best
            ordered = rng.normal(0, 3) + np.cumsum(rng.uniform(0.5, 2.0, size=n))
            targets = Torch(rng.permutation(ordered))
            losses = [
                expect.number(student.pinball(Torch(np.full(n, c)), targets, q), name="the loss")
                for c in ordered
            ]
            expect.that(
                int(np.argmin(losses)) == place,
                "The constant prediction with the smallest loss is not the q-quantile of the targets.",
                "With a large q it must be expensive to predict too low.",
            )


@question("q3", objectives=["O2.4", "O1.10", "O1.11"])
class TestCenteredDense:
    """A layer and a step of training, written in Keras."""

    @bracket(1)
    def test_values(self, student: Student, hidden: Hidden) -> None:
        """The layer computes (x - mean of the features of x) W + b with its own weights."""
        kit = student.kit(KERAS_KIT)
        for rng in hidden.rngs(5):
            d, units = _two_sizes(rng)
            layer = _built(student, rng, d, units)
            weights, bias = (rng.normal(size=shape).astype(np.float32) for shape in ((d, units), (units,)))
            counts = expect.items(kit.fill(layer, [weights, bias]), 2, what="counts of weights")
            for count, shape in zip(counts, ("(d, units)", "(units,)"), strict=True):
                expect.that(
                    expect.integer(count, name="the number of weights") > 0,
                    f"The layer has no weight of shape {shape} after its first input.",
                )
            for n in (1, 2 * int(rng.integers(2, 8)) + 1):
                x = _rows(rng, n, d)
                got = expect.array(layer(TensorFlow(x)), name="the output of the layer", shape=(n, units))
                want = reference.centered_dense(*(v.astype(np.float64) for v in (x, weights, bias)))
                expect.close(got, want, name="the output of the layer")

    @bracket(1)
    def test_weights(self, student: Student, hidden: Hidden) -> None:
        """The layer has two trainable weights, W of shape (d, units) and b of shape (units,)."""
        kit = student.kit(KERAS_KIT)
        for rng in hidden.rngs(5):
            d, units = _two_sizes(rng)
            layer = _built(student, rng, d, units)
            layer(TensorFlow(_rows(rng, 3, d)))
            shapes = expect.text(kit.shapes(layer, True), name="the shapes of the weights").split()
            expect.that(
                len(shapes) == 2,
                f"The layer has {len(shapes)} trainable weights after two inputs, not 2.",
                "Keras knows of weights that `self.add_weight` or an inner layer makes.",
            )
            expect.that(
                shapes == sorted([f"{d}x{units}", f"{units}"]),
                "The trainable weights do not have the shapes (d, units) and (units,).",
            )
            reached = expect.integer(
                kit.reached(layer, TensorFlow(_rows(rng, 3, d))), name="the number of weights"
            )
            expect.that(
                reached == 2,
                "Not every weight receives a gradient from the layer's output.",
                "Compute the output from both weights, with operations of Keras or TensorFlow.",
            )

    @bracket(1)
    def test_config(self, student: Student, hidden: Hidden) -> None:
        """`from_config(get_config())` makes a layer of the same size."""
        kit = student.kit(KERAS_KIT)
        for rng in hidden.rngs(5):
            d, units = _two_sizes(rng)
            layer = _built(student, rng, d, units)
            copy = student.CenteredDense.from_config.handle(layer.get_config.handle())
            expect.that(copy.types[:1] == layer.types[:1], "`from_config` makes an object of another class.")
            x = TensorFlow(_rows(rng, 3, d))
            expect.array(copy(x), name="the output of the layer made by from_config", shape=(3, units))
            old, new = (
                expect.text(kit.shapes(one, False), name="the shapes of the weights") for one in (layer, copy)
            )
            expect.that(
                old == new, "The layer made by from_config has weights of other shapes than the first one."
            )

    @bracket(1)
    def test_keras_step(self, student: Student, hidden: Hidden) -> None:
        """Three calls of `keras_step` return the right losses and train the model as its optimizer does."""
        kit = student.kit(KERAS_KIT)
        for i, rng in enumerate(hidden.rngs(5)):
            case = Training.draw(rng, "adam" if i % 2 else "momentum", "squared", 1 + i % 3)
            model, optimizer = case.in_guest(kit)
            before = case.parameters
            steps = zip(case.batches, case.history(keras=True), strict=True)
            for call, ((x, y), (loss, want)) in enumerate(steps, 1):
                value = student.keras_step(model, optimizer, _tensorflow(x), _tensorflow(y))
                got = _read(kit, model, case.parameters)
                _same_weights(call, got, want, before)
                expect.close(expect.number(value, name="the loss"), loss, name="the loss")
                before = got


def _either(i: int) -> str:
    return "poisson" if i % 2 else "squared"


def _torch(values: reference.Array) -> Torch:
    return Torch(values.astype(np.float32))


def _tensorflow(values: reference.Array) -> TensorFlow:
    return TensorFlow(values.astype(np.float32))


def _predictions(hidden: Hidden) -> Iterator[tuple[reference.Array, reference.Array, float]]:
    """Predictions, targets and a level; no prediction is close to its target."""
    for i, rng in enumerate(hidden.rngs(6)):
        n = (1, 7, 12, 33)[i % 4]
        shape = (n, 1) if i % 3 == 2 else (n,)
        pred = rng.normal(0, 3, size=shape)
        gap = rng.uniform(0.1, 4, size=shape) * rng.choice([-1, 1], size=shape)
        level = rng.uniform(0.05, 0.4)
        yield pred, pred + gap, float(level if i % 2 else 1 - level)


def _two_sizes(rng: np.random.Generator) -> tuple[int, int]:
    """Numbers of inputs and units that differ, both above 1."""
    d, units = rng.choice(np.arange(2, 10), size=2, replace=False)
    return int(d), int(units)


def _rows(rng: np.random.Generator, n: int, d: int) -> Any:
    """Rows whose means differ."""
    return (rng.normal(size=(n, d)) + rng.normal(0, 2, size=(n, 1))).astype(np.float32)


def _built(student: Student, rng: np.random.Generator, d: int, units: int) -> Handle:
    """A layer of the student that has seen an input."""
    layer = student.CenteredDense.handle(units)
    layer(TensorFlow(_rows(rng, 4, d)))
    return layer

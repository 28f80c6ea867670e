"""Graders of u1_fundamentals/01_gradient_descent."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from autograder import expect, leakage
from autograder.plugin import Hidden, bracket, question
from autograder.student import Student
from reference.u1_fundamentals import gradient_descent as reference

Floats = NDArray[np.float64]
Pair = tuple[Floats, Floats]


def line(rng: np.random.Generator, n: int) -> Pair:
    """A noisy line with slope and offset away from zero."""
    x = rng.uniform(-1.5, 2.5, n)
    slope, offset = rng.uniform(0.7, 3, 2) * rng.choice([-1, 1], 2)
    return x, slope * x + offset + rng.normal(0, 0.2, n)


def fitted(student: Student, x: Any, y: Any, lr: float, n_steps: int) -> tuple[Any, Any, Any]:
    """w, b and losses as they came back."""
    w, b, losses = expect.items(student.fit_line(x, y, lr, n_steps), 3, names=("w", "b", "losses"))
    return w, b, losses


@question("q1", objectives=["O1.10", "O1.11"])
class TestFitLine:
    """Gradient descent on the mean squared error fits a line."""

    @bracket(2)
    def test_one_step(self, student: Student, hidden: Hidden) -> None:
        """From w = b = 0, one step moves both along the gradient of the mean squared error."""
        for rng, n in zip(hidden.rngs(5), (1, 2, 7, 23, 40), strict=True):
            x, y = line(rng, n)
            lr = 0.3 * reference.steepest(x)
            want = reference.fit_line(x, y, lr, 1)
            w, b, _ = fitted(student, x, y, lr, 1)
            expect.close(expect.number(w, name="w"), want.w, name="`w` after one step")
            expect.close(expect.number(b, name="b"), want.b, name="`b` after one step")

    @bracket(2)
    def test_many_steps(self, student: Student, hidden: Hidden) -> None:
        """After 0, 2 and many steps, `w` and `b` are where full-batch gradient descent is by then."""
        for rng, n, pace in zip(
            hidden.rngs(5), (5, 18, 37, 75, 130), (0.4, 0.05, 0.8, 0.4, 0.2), strict=True
        ):
            x, y = line(rng, n + int(rng.integers(5)))
            y = y * (20 if n == 37 else 1)  # a gradient that clipping would shorten
            lr = pace * reference.steepest(x)
            for n_steps in (0, 2, 40):
                want = reference.fit_line(x, y, lr, n_steps)
                w, b, _ = fitted(student, x, y, lr, n_steps)
                expect.close(expect.number(w, name="w"), want.w, name=f"`w` after {n_steps} steps")
                expect.close(expect.number(b, name="b"), want.b, name=f"`b` after {n_steps} steps")

    @bracket(1)
    def test_losses(self, student: Student, hidden: Hidden) -> None:
        """`losses` holds the loss before each step and after the last one, and it never rises."""
        for rng, n in zip(hidden.rngs(4), (5, 18, 37, 75), strict=True):
            x, y = line(rng, n + int(rng.integers(5)))
            lr = 0.4 * reference.steepest(x)
            for n_steps in (0, 1, 40):
                want = reference.fit_line(x, y, lr, n_steps).losses
                _, _, losses = fitted(student, x, y, lr, n_steps)
                got = expect.array(losses, name="losses", shape=(n_steps + 1,))
                rise = np.diff(got).max(initial=0)
                expect.that(
                    rise <= 1e-5 * (1 + want[0]),
                    "The losses rise from one step to the next, although the learning rate is small enough.",
                )
                expect.close(got, want, name="losses")


@question("q2", objectives=["O1.11"])
class TestChooseLr:
    """The best learning rate is the one with the smallest loss in the end."""

    @bracket(1)
    def test_smallest_final_loss(self, student: Student, hidden: Hidden) -> None:
        """Of rates that all converge, the one with the smallest loss after all steps is chosen."""
        for rng in hidden.rngs(5):
            case = self.race(rng)
            for n_steps in (12, 1):
                self.chosen(student, *case, n_steps)

    @bracket(1)
    def test_diverged_ignored(self, student: Student, hidden: Hidden) -> None:
        """Rates whose loss becomes NaN or infinite, or grows, are never chosen."""
        for number, rng in enumerate(hidden.rngs(5)):
            x, y = line(rng, int(rng.integers(9, 40)))
            scales = rng.permutation([0.01, 0.3, 1.4, 1e4])
            # NaN wins a comparison by where it stands: at the front, at the end, in between.
            scales = np.insert(scales, (0, 4, 2, 0, 1)[number], 1e30)
            self.chosen(student, x, y, scales * reference.steepest(x), 60)
            self.chosen(student, x, y, scales * reference.steepest(x), 12)
            self.chosen(student, *self.dip(rng), 12)

    @staticmethod
    def race(rng: np.random.Generator) -> tuple[Floats, Floats, Floats]:
        """x, y and rates that all converge: one wins after one step, another after twelve, each by 5 %.

        The one after twelve is not the largest rate, nor that of the smallest mean loss.
        """
        while True:
            x, y = line(rng, int(rng.integers(9, 40)))
            x = x + rng.uniform(1, 2)
            scales = rng.permutation([0.002, 0.03, *rng.uniform(0.1, 0.5, 2), rng.uniform(0.6, 0.95), 0.985])
            candidates: Floats = scales * reference.steepest(x)
            ends = reference.final_losses(x, y, list(candidates), 12)
            starts = reference.final_losses(x, y, list(candidates), 1)
            apart = all(np.sort(losses)[1] > 1.05 * losses.min() for losses in (starts, ends))
            paths = [reference.fit_line(x, y, rate, 12).losses for rate in candidates]
            others = (np.argmin(starts), np.argmin(np.mean(paths, axis=1)), np.argmax(candidates))
            if apart and np.argmin(ends) not in others:
                return x, y, candidates

    @staticmethod
    def dip(rng: np.random.Generator) -> tuple[Floats, Floats, Floats]:
        """x, y and rates of which one diverges, but only after its loss was the smallest of all on the way."""
        while True:
            x, _ = line(rng, int(rng.integers(9, 40)))
            x = x + rng.uniform(1, 2)
            flat, steep = reference.directions(x)
            slope, offset = flat * rng.uniform(4, 8) + steep * 10 ** rng.uniform(-2.5, -0.5)
            y = slope * x + offset + rng.normal(0, 0.01, len(x))
            scales = rng.permutation([0.03, *rng.uniform(0.2, 0.8, 2), rng.uniform(1.2, 1.4)])
            candidates: Floats = scales * reference.steepest(x)
            losses = np.array([reference.fit_line(x, y, rate, 12).losses for rate in candidates])
            ends, on_the_way = losses[:, -1], losses.min(axis=1)
            best, second = np.sort(ends)[:2]
            apart = second > 1.05 * best and np.sort(on_the_way)[1] > 1.05 * on_the_way.min()
            if apart and np.argmin(on_the_way) == np.argmax(candidates) != np.argmin(ends):
                return x, y, candidates

    @staticmethod
    def chosen(student: Student, x: Floats, y: Floats, candidates: Floats, n_steps: int) -> None:
        """The student's choice is the reference's, with their own `fit_line` or with ours."""
        want = reference.choose_lr(x, y, list(candidates), n_steps)

        def check(notebook: Student) -> None:
            rate = expect.number(
                notebook.choose_lr(x, y, [float(c) for c in candidates], n_steps), name="the learning rate"
            )
            expect.that(
                np.isclose(candidates, rate, rtol=1e-5, atol=0).any(),
                "The result is not one of the candidates.",
                "Return the learning rate itself, not its place in the list.",
            )
            expect.that(
                np.isclose(rate, want, rtol=1e-5, atol=0),
                "Another candidate has a smaller loss after the last step.",
                "Compare the last entry of `losses`, and leave out rates whose loss is not finite.",
            )

        expect.any_of(check, student, student.given(fit_line=reference.fit_line_plain))


class Polynomial:
    """A fit and a predict of the grader that note what they were called with."""

    def __init__(self, degree: int) -> None:
        self.degree = degree
        self.fitted_on: list[Pair] = []

    def fit(self, x: Any, y: Any) -> dict[str, Any]:
        """Least squares; the model is a plain dict."""
        x = expect.array(x, name="`x` given to `fit`").ravel()
        y = expect.array(y, name="`y` given to `fit`").ravel()
        expect.that(x.shape == y.shape, "`fit` was called with x and y of different lengths.")
        self.fitted_on.append((x, y))
        return {"coefficients": np.polynomial.polynomial.polyfit(x, y, self.degree)}

    def predict(self, model: Any, x: Any) -> Floats:
        """Values of the polynomial."""
        parts = expect.mapping(model, ["coefficients"], name="the model given to `predict`")
        coefficients = expect.array(parts["coefficients"], name="coefficients", ndim=1)
        x = expect.array(x, name="`x` given to `predict`").ravel()
        values: Floats = np.polynomial.polynomial.polyval(x, coefficients)
        return values


@question("q3", objectives=["O1.1", "O1.2"])
class TestEvaluate:
    """A model is fitted on the training rows and judged on rows that it has never seen."""

    @bracket(2)
    def test_learns_from_train_only(self, student: Student, hidden: Hidden) -> None:
        """`fit` sees exactly the training rows; other test labels change `test_mse` and nothing else."""
        for rng, degree in zip(hidden.rngs(3), (1, 2, 3), strict=True):
            train, test = line(rng, 31), line(rng, 17)
            moved = (test[0], leakage.alter_rows(test[1], np.arange(17), rng, scale=30))
            model = Polynomial(degree)
            first = self.errors(student, model, train, test)
            second = self.errors(student, model, train, moved)
            expect.that(model.fitted_on, "`fit` was never called.", "Learn with it: `model = fit(x, y)`.")
            for x, y in model.fitted_on:
                same = len(x) == len(train[0]) and self.rows(x, y) == self.rows(*train)
                expect.that(
                    same,
                    "`fit` was called with other rows than the training rows.",
                    "Fit once, on `train`; the test rows are only for predicting.",
                )
            leakage.assert_unaffected(
                first["train_mse"], second["train_mse"], what="train_mse", altered="the test labels"
            )
            leakage.assert_affected(
                first["test_mse"], second["test_mse"], what="test_mse", altered="the test labels"
            )

    @bracket(1)
    def test_values(self, student: Student, hidden: Hidden) -> None:
        """`train_mse` and `test_mse` are the mean squared errors of the fitted model."""
        for rng, degree in zip(hidden.rngs(4), (0, 1, 2, 4), strict=True):
            train, test = line(rng, int(rng.integers(9, 40))), line(rng, int(rng.integers(3, 9)))
            model = Polynomial(degree)
            ours = model.fit(*train)
            got = self.errors(student, model, train, test)
            for name, (x, y) in (("train_mse", train), ("test_mse", test)):
                value = expect.number(got[name], name=name)
                expect.close(value, reference.mse(y, model.predict(ours, x)), name=name)

    @staticmethod
    def errors(student: Student, model: Polynomial, train: Pair, test: Pair) -> dict[str, Any]:
        """What the student's `evaluate` gives for a model of the grader."""
        result = student.evaluate(model.fit, model.predict, train, test)
        return expect.mapping(result, ["train_mse", "test_mse"])

    @staticmethod
    def rows(x: Floats, y: Floats) -> list[tuple[float, float]]:
        """Rows in an order that does not depend on how they were given; float32 copies count as the same."""
        pairs = np.stack([x, y], axis=1).astype(np.float32)
        return sorted((float(a), float(b)) for a, b in pairs)

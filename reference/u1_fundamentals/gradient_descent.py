"""Oracle of u1_fundamentals/01_gradient_descent, in matrix form and float64."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class Fit(NamedTuple):
    """A fitted line and the loss before each step and after the last: (n_steps + 1,)."""

    w: float
    b: float
    losses: Floats


def fit_line(x: Any, y: Any, lr: float, n_steps: int) -> Fit:
    """Full-batch gradient descent on mean((A theta - y)**2) from theta = 0, with A = [x, 1]."""
    design = np.stack([np.asarray(x, float).ravel(), np.ones(np.size(x))], axis=1)
    target = np.asarray(y, float).ravel()
    curvature = design.T @ design / len(target)
    pull = design.T @ target / len(target)
    theta = np.zeros(2)
    losses = [float(np.mean(target**2))]
    for _ in range(n_steps):
        theta = theta - 2 * lr * (curvature @ theta - pull)
        losses.append(float(np.mean((design @ theta - target) ** 2)))
    return Fit(float(theta[0]), float(theta[1]), np.array(losses))


def fit_line_plain(x: Any, y: Any, lr: float, n_steps: int) -> tuple[float, float, Floats]:
    """`fit_line` as something that can be handed to student code."""
    with np.errstate(over="ignore", invalid="ignore"):
        w, b, losses = fit_line(x, y, float(lr), int(n_steps))
    return w, b, losses


def final_losses(x: Any, y: Any, candidates: Sequence[float], n_steps: int) -> Floats:
    """The loss after `n_steps` for each rate; infinite where it diverged."""
    with np.errstate(over="ignore", invalid="ignore"):
        ends = np.array([fit_line(x, y, rate, n_steps).losses[-1] for rate in candidates])
    return np.where(np.isfinite(ends), ends, np.inf)


def choose_lr(x: Any, y: Any, candidates: Sequence[float], n_steps: int) -> float:
    """The rate with the smallest final loss."""
    return float(candidates[int(np.argmin(final_losses(x, y, candidates, n_steps)))])


def steepest(x: Any) -> float:
    """The largest rate for which the loss cannot rise: 2 / L = 1 / the largest eigenvalue of A^T A / n."""
    return float(1 / np.linalg.eigh(_curvature(x)).eigenvalues[-1])


def directions(x: Any) -> tuple[Floats, Floats]:
    """Unit vectors (w, b) along which the loss curves least and most."""
    least, most = np.linalg.eigh(_curvature(x)).eigenvectors.T
    return least, most


def _curvature(x: Any) -> Floats:
    design = np.stack([np.asarray(x, float), np.ones(np.size(x))], axis=1)
    curvature: Floats = design.T @ design / len(design)
    return curvature


def mse(target: Floats, prediction: Floats) -> float:
    """Mean squared error."""
    return float(np.mean((target - prediction) ** 2))

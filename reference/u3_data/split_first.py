"""What the answers to u3_data/01_split_first must do, and data on which peeking shows. Numpy only.

Answers split the rows as they like, so there is no one right result: for a split that an answer has chosen,
this says what follows from it. Cross-validated accuracy is judged by its mean over sets of the kinds below.

    kind       what is known of it                                       an honest accuracy is
    noise      labels have nothing to do with the columns                one half
    coins      the same, few rows and columns of three values            one half
    mirrored   what some rows say of the labels, the others contradict   far below one half
    capped     one good column, wrong in a quarter of the rows           at most about three quarters
    spoilt     good columns, each with one huge value in its own row     above 0.9
    clear      ten good columns among many                               near one
    lonely     one good column among very many, falling with the label   about 0.9
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.float64]
Ints: TypeAlias = npt.NDArray[np.int64]
Set: TypeAlias = tuple[Floats, Ints]


@dataclass(frozen=True)
class Scaled:
    """Both parts of a table, scaled by what the training part says.

    Attributes
    ----------
    train, test : (m, d) array
        Rows in the order in which they were named.
    """

    train: Floats
    test: Floats


def scaled(X: npt.NDArray[np.floating], train: Ints, test: Ints) -> Scaled:
    """Standardise by the mean and the population standard deviation of the rows `train`, in float64."""
    seen = np.asarray(X, dtype=np.float64)[train]
    centre = np.add.reduce(seen, axis=0) / len(seen)
    spread = np.sqrt(np.add.reduce(np.square(seen - centre), axis=0) / len(seen))
    unseen = np.asarray(X, dtype=np.float64)[test]
    return Scaled((seen - centre) / spread, (unseen - centre) / spread)


def other_rows(chosen: Ints, n: int) -> Ints:
    """The rows of n that are not chosen, in order."""
    return np.setdiff1d(np.arange(n), chosen)


def table(rng: np.random.Generator, n: int, d: int) -> Set:
    """A table whose values are unique and well apart in each column, and two classes of at least n // 2 rows.

    Every column holds an own order of n steps, so a row can be told by its rank in any column, however the
    column is scaled.
    """
    steps = np.stack([rng.permutation(n) for _ in range(d)], axis=1) + rng.uniform(-0.2, 0.2, (n, d))
    X = rng.uniform(-5, 5, d) + rng.uniform(0.5, 20, d) * (steps / n) ** rng.choice([1, 2], d)
    low, high = sorted(rng.choice(10, 2, replace=False))
    return X, np.where(_halves(rng, n) == 1, high, low)


def ranks_to_rows(scaled_rows: Floats, X: Floats, candidates: Ints) -> Ints | None:
    """Which row of X each scaled row is, by its rank in every column; None where the columns disagree.

    Parameters
    ----------
    scaled_rows : (m, d) array
        Rows of X after any growing change of each column, in any order.
    candidates : (m,) array of int
        The rows of X that they must be.
    """
    found = [_by_rank(scaled_rows[:, j], X[candidates, j], candidates) for j in range(X.shape[1])]
    agreed = all(np.array_equal(found[0], one) for one in found)
    return found[0] if agreed else None


def _by_rank(values: Floats, raw: Floats, candidates: Ints) -> Ints:
    rows = np.empty(len(values), dtype=np.int64)
    rows[np.argsort(values)] = candidates[np.argsort(raw)]
    return rows


def noise(rng: np.random.Generator, n: int = 80, d: int = 2000) -> Set:
    """Columns without any information; half of the rows have label 1."""
    return rng.normal(size=(n, d)), _halves(rng, n)


def coins(rng: np.random.Generator, n: int = 50, d: int = 2000) -> Set:
    """Noise with the values -1, 0 and 1: no classifier can learn single rows by heart from one column."""
    return rng.integers(-1, 2, size=(n, d)).astype(np.float64), _halves(rng, n)


def mirrored(rng: np.random.Generator, n: int = 80, d: int = 500) -> Set:
    """Both classes have the same mean in each column, so any part of the rows leans away from the rest."""
    X, y = noise(rng, n, d)
    for label in (0, 1):
        X[y == label] -= X[y == label].mean(axis=0)
    return X, y


def capped(rng: np.random.Generator, n: int = 32, d: int = 5) -> Set:
    """One column in two heaps that tells the label, but in a quarter of each class the wrong one."""
    y = _halves(rng, n)
    told = y.copy()
    for label in (0, 1):
        liars = rng.permutation(np.flatnonzero(y == label))[: n // 8]
        told[liars] = 1 - label
    X = rng.normal(size=(n, d))
    X[:, rng.integers(d)] = 4.0 * told + rng.normal(scale=0.5, size=n)
    return X, y


def spoilt(rng: np.random.Generator, n: int = 40, d: int = 100) -> Set:
    """As many good columns as rows (correlation 0.87), each with one huge value in a row of its own.

    A correlation finds a good column only where its huge value is among the test rows. There the column is fine
    for whoever scales by the training rows; scaling by all rows squeezes it to nothing. Huge values lie on the
    right side, so no honest model trips over them. Nine rows of twenty have the rarer label, so that guessing
    gives 0.55.
    """
    rare = int(rng.integers(2))
    y = rng.permutation(np.where(np.arange(n) < 9 * n // 20, rare, 1 - rare))
    X = rng.normal(size=(n, d))
    signs = rng.choice([-1.0, 1.0], n)
    X = _informed(X, y, np.arange(n), 0.87 * signs)
    X[np.arange(n), np.arange(n)] = 1e6 * signs * (2 * y - 1)
    return X[:, rng.permutation(d)], y


def clear(rng: np.random.Generator, n: int = 80, d: int = 2000, good: int = 10) -> Set:
    """Some columns grow or fall with the label (correlation 0.74); all columns have variance 1."""
    X, y = noise(rng, n, d)
    columns = rng.choice(d, good, replace=False)
    return _informed(X, y, columns, 0.74 * rng.choice([-1.0, 1.0], good)), y


def lonely(rng: np.random.Generator, n: int = 50, d: int = 4000) -> Set:
    """One column falls with the label (correlation -0.8): a handful of rows is too few to find it."""
    X, y = noise(rng, n, d)
    return _informed(X, y, rng.choice(d, 1), np.array([-0.8])), y


def _informed(X: Floats, y: Ints, columns: Ints, correlation: Floats) -> Floats:
    informed = X.copy()
    informed[:, columns] *= np.sqrt(1 - correlation**2)
    informed[:, columns] += correlation * (2 * y[:, None] - 1)
    return informed


def _halves(rng: np.random.Generator, n: int) -> Ints:
    """n labels 0 and 1, as many of each as n allows, in random order."""
    return rng.permutation(np.arange(n) % 2)


def patients(rng: np.random.Generator, sizes: Ints, *, text: bool) -> npt.NDArray[np.int64 | np.str_]:
    """One id for each row, so many rows for each patient, in random order of the rows.

    Parameters
    ----------
    sizes : (p,) array of int
        Rows of each patient.
    text : bool
        Whether ids are text such as "p017"; otherwise they are whole numbers with gaps.
    """
    ids = rng.choice(900, len(sizes), replace=False) + 100
    named = np.array([f"p{number}" for number in ids]) if text else ids
    return rng.permutation(np.repeat(named, sizes))


def largest(groups: npt.NDArray[np.int64 | np.str_]) -> int:
    """Rows of the largest group."""
    return int(np.unique(groups, return_counts=True)[1].max())

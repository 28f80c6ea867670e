"""Does what was learnt depend on rows that must not be seen? Asked by changing them and looking again.

Two runs in fresh processes, the second with the held-out rows altered: everything learnt from training rows
must be the same bit for bit, and something must depend on the held-out rows, else a constant would pass.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder import expect


def alter_rows(
    X: np.ndarray[Any, Any], rows: np.ndarray[Any, Any], rng: np.random.Generator, scale: float = 1e6
) -> np.ndarray[Any, Any]:
    """A copy of `X` in which these rows hold other, very large values.

    Parameters
    ----------
    X : (n, d) or (n,) array of numbers
        The data; it is not changed.
    rows : (m,) array of int
        Which rows to alter.
    scale : float
        Size of the new values, as a multiple of a standard normal.
    """
    altered = np.array(X, copy=True)
    values = rng.normal(scale=scale, size=altered[rows].shape)
    altered[rows] = values.astype(altered.dtype)
    return altered


def permute_labels(
    y: np.ndarray[Any, Any], rows: np.ndarray[Any, Any], rng: np.random.Generator
) -> np.ndarray[Any, Any]:
    """A copy of `y` in which the labels of these rows are shuffled so that at least one of them moves.

    Returns
    -------
    np.ndarray
        Equal to `y` only where all labels of these rows are the same.
    """
    altered = np.array(y, copy=True)
    for _ in range(100):
        altered[rows] = rng.permutation(y[rows])
        if not np.array_equal(altered, y):
            break
    return altered


def assert_unaffected(learnt: Any, learnt_when_altered: Any, *, what: str, altered: str) -> None:
    """What was learnt from training rows is the same although the held-out rows were altered.

    Parameters
    ----------
    what : str
        What was learnt, as the start of a sentence, such as "The scaled training rows".
    altered : str
        What was altered, such as "the test rows".

    Raises
    ------
    CheckFailed
        When anything of it changed.
    """
    expect.bit_equal(
        learnt,
        learnt_when_altered,
        problem=f"{what} changed when only {altered} were altered.",
        hint=f"Something was learnt from {altered}: fit on the training rows alone.",
    )


def assert_affected(result: Any, result_when_altered: Any, *, what: str, altered: str) -> None:
    """What must depend on the altered rows does so.

    Raises
    ------
    CheckFailed
        When it stayed the same.
    """
    expect.differs(
        result,
        result_when_altered,
        problem=f"{what} stayed the same when {altered} were altered.",
        hint=f"Compute it from {altered}.",
    )

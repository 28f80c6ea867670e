"""Does what was learnt depend on rows that must not be seen? Asked by changing them and looking again.

Two runs in fresh processes, the second with the held-out rows altered: everything learnt from training rows
must be the same bit for bit, and something must depend on the held-out rows, else a constant would pass.
And before that: which rows are held out, and does any row or group stand on both sides of the split?
"""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder import expect

Rows = np.ndarray[Any, Any]


def rows(value: Any, n: int, *, name: str) -> Rows:
    """Row numbers that a student returned: whole numbers from 0 to n - 1, none of them twice.

    Returns
    -------
    (m,) array of int64
        In the student's order; m may be 0.

    Raises
    ------
    CheckFailed
        When the value is anything else.
    """
    found = expect.array(value, name=name, kind="i")
    expect.that(
        found.ndim > 0 and max(found.shape) == found.size,
        f"`{name}` must be a list of row numbers; its shape is {found.shape}.",
    )
    found = found.ravel()
    outside = int(np.count_nonzero((found < 0) | (found >= n)))
    expect.that(
        not outside,
        f"`{name}` must hold row numbers from 0 to n - 1; {outside} of its {found.size} lie outside.",
    )
    expect.that(np.unique(found).size == found.size, f"`{name}` names the same row more than once.")
    return found


def assert_each_row_once(train: Rows, test: Rows, n: int) -> None:
    """Each of `n` rows is in the training set or in the test set, and in one of them only.

    Parameters
    ----------
    train, test : (m,) array of int
        As `rows` returns them.

    Raises
    ------
    CheckFailed
        When a row is in both or in neither.
    """
    both = np.intersect1d(train, test).size
    missing = n - np.union1d(train, test).size
    expect.that(not both, f"{_count(both, 'row')} in the training set and in the test set.")
    expect.that(not missing, f"{_count(missing, 'row')} in neither set: every row belongs to one of them.")


def assert_no_common_group(groups: Rows, train: Rows, test: Rows, *, what: str = "group") -> None:
    """No group has rows in the training set and in the test set.

    Parameters
    ----------
    groups : (n,) array
        The group of each row.
    what : str
        What a group is, in the singular.

    Raises
    ------
    CheckFailed
        When a group is on both sides.
    """
    both = np.intersect1d(groups[train], groups[test]).size
    expect.that(
        not both,
        f"{_count(both, what)} in the training set and in the test set.",
        f"Choose whole {what}s at random, not rows.",
    )


def alter_rows(
    X: np.ndarray[Any, Any], rows: Rows, rng: np.random.Generator, scale: float = 1e6
) -> np.ndarray[Any, Any]:
    """A copy of `X` in which these rows hold other, very large values.

    Parameters
    ----------
    X : (n, d) or (n,) array of numbers
        The data; it is not changed.
    rows : (m,) array of int
        Which rows to alter.
    scale : float
        Size of the new values, as a multiple of a standard normal; a narrow dtype is used up to its ends.
    """
    altered = np.array(X, copy=True)
    values = rng.normal(scale=scale, size=altered[rows].shape)
    if altered.dtype.kind in "fiu":
        ends = np.finfo(altered.dtype) if altered.dtype.kind == "f" else np.iinfo(altered.dtype)
        values = np.clip(values, max(float(ends.min), -1e300), min(float(ends.max), 1e300))
    altered[rows] = values.astype(altered.dtype)
    return altered


def permute_labels(y: np.ndarray[Any, Any], rows: Rows, rng: np.random.Generator) -> np.ndarray[Any, Any]:
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


def _count(number: int, what: str) -> str:
    """The start of a sentence about so many things."""
    return f"One {what} is" if number == 1 else f"{number} {what}s are"

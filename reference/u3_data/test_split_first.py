"""Graders of u3_data/01_split_first.

Answers choose their own rows, so most checks ask what must follow from the choice. Question 1 changes the
test rows and runs again; question 2 knows what an honest accuracy must be on average, see the reference.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder import expect, leakage
from autograder.errors import CheckFailed
from autograder.plugin import Hidden, bracket, question
from autograder.student import Student
from reference.u3_data import split_first as reference

FRACTIONS = (0.25, 0.2, 0.4, 0.3, 0.15)
KEYS = ("X_train", "X_test", "y_train", "y_test", "test_idx")

KIT = '''
import random
import sys

import numpy


def burn():
    """Use up random numbers of every generator that a process shares."""
    random.random()
    numpy.random.random(7)
    if "torch" in sys.modules:
        sys.modules["torch"].rand(5)
'''


@dataclass(frozen=True)
class Prepared:
    """What `prepare` returned, in plain form; the sizes of its parts fit together."""

    X_train: np.ndarray[Any, Any]
    X_test: np.ndarray[Any, Any]
    y_train: np.ndarray[Any, Any]
    y_test: np.ndarray[Any, Any]
    test_idx: np.ndarray[Any, Any]

    @property
    def train_idx(self) -> np.ndarray[Any, Any]:
        """The rows that are not test rows, in order (which need not be that of `X_train`)."""
        return reference.other_rows(self.test_idx, len(self.test_idx) + len(self.X_train))


def prepare(student: Student, X: Any, y: Any, test_fraction: float, seed: int) -> Prepared:
    """Call the student's `prepare` and look whether its parts have the shapes that they must have."""
    n, d = X.shape
    parts = expect.mapping(student.prepare(X, y, test_fraction, seed), KEYS)
    test_idx = leakage.rows(parts["test_idx"], n, name="test_idx")
    m = len(test_idx)
    expect.that(0 < m < n, f"`test_idx` names {m} of {n} rows: both parts need some.")
    return Prepared(
        expect.array(parts["X_train"], name="X_train", shape=(n - m, d)),
        expect.array(parts["X_test"], name="X_test", shape=(m, d)),
        expect.array(parts["y_train"], name="y_train", shape=(n - m,)),
        expect.array(parts["y_test"], name="y_test", shape=(m,)),
        test_idx,
    )


@dataclass(frozen=True)
class Case:
    """Hidden arguments of one call of `prepare`."""

    X: np.ndarray[Any, Any]
    y: np.ndarray[Any, Any]
    test_fraction: float
    seed: int
    rng: np.random.Generator


def cases(hidden: Hidden, *, rows: tuple[int, int] = (50, 120)) -> Iterator[Case]:
    """Tables of several sizes; one is float32."""
    for number, (rng, seed) in enumerate(zip(hidden.rngs(5), hidden.seeds(5), strict=True)):
        X, y = reference.table(rng, int(rng.integers(*rows)), int(rng.integers(3, 7)))
        yield Case(X.astype(np.float32) if number == 4 else X, y, FRACTIONS[number], seed, rng)


@question("q1", objectives=["O3.1", "O3.2", "O1.6", "O1.7"])
class TestPrepare:
    """Split first, then scale by what the training rows say."""

    @bracket(2)
    def test_test_rows_unseen(self, student: Student, hidden: Hidden) -> None:
        """Nothing about the training rows changes when the test rows change."""
        runs = [
            (case, prepare(student, case.X, case.y, case.test_fraction, case.seed)) for case in cases(hidden)
        ]
        for case, first in runs:
            raw = np.sort(case.X[first.train_idx].astype(np.float64), axis=0)
            expect.that(
                not np.allclose(np.sort(first.X_train, axis=0), raw, rtol=1e-3, atol=1e-3),
                "The training rows came back as they were: they are not scaled.",
            )
        with student.fresh() as other:
            for case, first in runs:
                altered = leakage.alter_rows(case.X, first.test_idx, case.rng)
                self._compare(first, prepare(other, altered, case.y, case.test_fraction, case.seed))

    @staticmethod
    def _compare(first: Prepared, second: Prepared) -> None:
        expect.that(
            np.array_equal(first.test_idx, second.test_idx),
            "The same seed chose other test rows when the values in X were others.",
            "Draw the test rows from the number of rows and the seed alone.",
        )
        leakage.assert_unaffected(
            (first.X_train, first.y_train),
            (second.X_train, second.y_train),
            what="The scaled training rows",
            altered="the test rows",
        )
        leakage.assert_affected(
            first.X_test, second.X_test, what="The scaled test rows", altered="the test rows"
        )

    @bracket(1)
    def test_standardised(self, student: Student, hidden: Hidden) -> None:
        """Training columns get mean 0 and standard deviation 1; test rows are scaled by the same numbers."""
        for case in cases(hidden):
            got = prepare(student, case.X, case.y, case.test_fraction, case.seed)
            want = reference.scaled(case.X, got.train_idx, got.test_idx)
            expect.that(
                np.allclose(got.X_train.mean(axis=0), 0, atol=1e-4),
                "The columns of `X_train` do not have mean 0.",
                "Subtract the means of the training rows.",
            )
            expect.that(
                np.allclose(got.X_train.std(axis=0), 1, atol=1e-4),
                "The columns of `X_train` do not have standard deviation 1.",
                "Divide by the standard deviation of the training rows, the one with n, not n - 1.",
            )
            expect.close(np.sort(got.X_train, axis=0), np.sort(want.train, axis=0), name="X_train")
            expect.close(got.X_test, want.test, name="X_test")

    @bracket(1)
    def test_split(self, student: Student, hidden: Hidden) -> None:
        """The split is random, seeded and of the right size; labels stay with rows; no NaN appears."""
        burn = student.kit(KIT).burn
        for case in cases(hidden):
            n = len(case.X)
            column = np.full((n, 1), float(case.rng.choice([7.0, 0.0, -0.1])), dtype=case.X.dtype)
            X = np.hstack([case.X, column])
            got = prepare(student, X, case.y, case.test_fraction, case.seed)
            _right_size(len(got.test_idx), case.test_fraction * n)
            self._paired(got, case)
            burn()
            again = prepare(student, X, case.y, case.test_fraction, case.seed)
            expect.that(
                np.array_equal(got.test_idx, again.test_idx),
                "The same seed gave another split in a second call.",
                "Make the random generator inside the function, from the seed.",
            )
        self._random(student, hidden)

    @staticmethod
    def _paired(got: Prepared, case: Case) -> None:
        """Rows are told by their ranks, so that wrongly scaled ones are still recognised."""
        train = reference.ranks_to_rows(got.X_train[:, :-1], case.X, got.train_idx)
        test = reference.ranks_to_rows(got.X_test[:, :-1], case.X, np.sort(got.test_idx))
        if train is None or test is None:
            raise CheckFailed(
                "`X_train` does not hold exactly the rows that `test_idx` leaves."
                if train is None
                else "`X_test` does not hold exactly the rows that `test_idx` names."
            )
        expect.that(
            np.array_equal(test, got.test_idx),
            "X_test[i] must come from row test_idx[i] of X; here the two have another order.",
        )
        for part, rows, labels in (("train", train, got.y_train), ("test", test, got.y_test)):
            wrong = int(np.count_nonzero(labels != case.y[rows]))
            expect.that(
                not wrong,
                f"{wrong} of {len(rows)} labels in `y_{part}` do not belong to their row of `X_{part}`.",
                "Take X and y with the same row numbers.",
            )

    @staticmethod
    def _random(student: Student, hidden: Hidden) -> None:
        """Over many seeds every row is a test row at some time, and test rows are not one block."""
        rng = hidden.rngs(6)[5]
        X, y = reference.table(rng, 24, 3)
        splits = [prepare(student, X, y, 0.25, seed).test_idx for seed in hidden.seeds(60)]
        _every_one_at_times(splits, len(X), "rows")
        expect.that(
            any(np.ptp(split) >= len(split) for split in splits),
            "The test rows are always neighbours: draw single rows at random.",
        )


@question("q2", objectives=["O3.2", "O1.7"])
class TestHonestCv:
    """Choosing columns is learning: it belongs inside each fold."""

    @bracket(2)
    def test_honest(self, student: Student, hidden: Hidden) -> None:
        """The accuracy is what unseen rows really give: one half on noise, high on clear data."""
        calls = _Calls(student, hidden)
        peeked = "Have the labels of a fold's test rows been used to choose the columns, or to fit?"
        expect.at_most(
            calls.mean(reference.noise, 20, 8),
            0.68,
            problem="On pure noise the accuracy is far above one half: no new data will keep this promise.",
            hint=peeked,
        )
        expect.at_most(
            calls.mean(reference.coins, 1, 12),
            0.61,
            problem="On noise with few rows the accuracy is clearly above one half.",
            hint=peeked,
        )
        expect.at_least(
            calls.mean(reference.spoilt, 1, 8),
            0.635,
            problem="Where some test rows hold huge values good columns are no longer of use.",
            hint="Does a fold's scaling know its test rows? Scale by the training rows, or not at all.",
        )
        expect.at_least(
            calls.mean(reference.clear, 10, 6),
            0.80,
            problem="Where ten columns tell the labels clearly the accuracy is low.",
        )
        expect.at_most(
            calls.mean(reference.mirrored, 10, 6),
            0.45,
            problem="Where training rows say the opposite of test rows the accuracy is not below one half.",
            hint="Count each prediction as it is; don't turn results round, and fit on training rows only.",
        )
        expect.at_most(
            calls.mean(reference.capped, 1, 8),
            0.815,
            problem="The accuracy is higher than the data allow.",
            hint="Return the mean over all folds, not the best one.",
        )

    @bracket(1)
    def test_selection(self, student: Student, hidden: Hidden) -> None:
        """Each fold's training rows find the `n_best` best columns; the same seed gives the same result."""
        calls = _Calls(student, hidden)
        expect.at_least(
            calls.mean(reference.lonely, 1, 10),
            0.76,
            problem="One column tells the labels, among thousands of noise, and it is not found.",
            hint="Choose by all training rows of a fold, by the size of the correlation whatever its sign.",
        )
        sets = [reference.lonely(rng) for rng in hidden.rngs(4)]
        few, many = ([calls.accuracy(X, y, n, 0) for X, y in sets] for n in (1, 10))
        expect.differs(few, many, problem="`n_best` changes nothing: are only that many columns used?")
        self._repeatable(student, hidden, calls)

    @staticmethod
    def _repeatable(student: Student, hidden: Hidden, calls: _Calls) -> None:
        burn = student.kit(KIT).burn
        for rng, seed in zip(hidden.rngs(3), hidden.seeds(3), strict=True):
            X, y = reference.noise(rng, 70, 300)
            first = calls.accuracy(X, y, 5, seed)
            burn()
            expect.that(
                abs(calls.accuracy(X, y, 5, seed) - first) < 1e-6,
                "The same seed gave another accuracy in a second call.",
                "Pass the seed on to everything random: folds, and the classifier where it draws numbers.",
            )


class _Calls:
    """Calls of `honest_cv` with hidden data."""

    def __init__(self, student: Student, hidden: Hidden) -> None:
        self._student = student
        self._hidden = hidden

    def accuracy(self, X: np.ndarray[Any, Any], y: np.ndarray[Any, Any], n_best: int, seed: int) -> float:
        """One call's result."""
        got = expect.number(self._student.honest_cv(X, y, n_best, seed), name="the accuracy")
        expect.that(-1e-9 <= got <= 1 + 1e-9, "The accuracy must be between 0 and 1.")
        return got

    def mean(self, kind: Callable[[np.random.Generator], reference.Set], n_best: int, sets: int) -> float:
        """Mean accuracy over so many sets of one kind."""
        pairs = zip(self._hidden.rngs(sets), self._hidden.seeds(sets), strict=True)
        return float(np.mean([self.accuracy(*kind(rng), n_best, seed) for rng, seed in pairs]))


@question("q3", objectives=["O3.1", "O1.6"])
class TestGroupSplit:
    """Rows of one patient stay together."""

    @bracket(2)
    def test_whole_groups(self, student: Student, hidden: Hidden) -> None:
        """No patient is in both sets, and every row is in one of them."""
        for number, (rng, seed) in enumerate(zip(hidden.rngs(8), hidden.seeds(8), strict=True)):
            if number % 4 == 3:
                sizes = np.ones(int(rng.integers(20, 40)), dtype=np.int64)
            else:
                sizes = np.concatenate([rng.integers(1, 20, size=14), [1, 1, 18]])
            groups = reference.patients(rng, sizes, text=bool(number % 2))
            train, test = group_split(student, groups, (0.3, 0.25, 0.4)[number % 3], seed)
            leakage.assert_each_row_once(train, test, len(groups))
            leakage.assert_no_common_group(groups, train, test, what="patient")
            expect.that(0 < len(test) < len(groups), "All rows are in one of the two sets.")

    @bracket(1)
    def test_random_share(self, student: Student, hidden: Hidden) -> None:
        """The test set has about the share asked for, and its patients are drawn at random from the seed."""
        burn = student.kit(KIT).burn
        splits = []
        for rng, seed, fraction in zip(hidden.rngs(5), hidden.seeds(5), FRACTIONS, strict=True):
            sizes = rng.integers(5, 7, size=int(rng.integers(16, 28)))
            groups = reference.patients(rng, sizes, text=fraction < 0.25)
            _, test = group_split(student, groups, fraction, seed)
            _right_share(len(test), fraction * len(groups), reference.largest(groups))
            burn()
            expect.equal(
                np.sort(group_split(student, groups, fraction, seed)[1]), np.sort(test), name=SAME_SEED
            )
            splits.append((groups, fraction, seed, test))
        self._random(student, hidden)
        with student.fresh() as other:
            for groups, fraction, seed, test in splits:
                expect.equal(
                    np.sort(group_split(other, groups, fraction, seed)[1]), np.sort(test), name=SAME_SEED
                )

    @staticmethod
    def _random(student: Student, hidden: Hidden) -> None:
        rng = hidden.rngs(6)[5]
        groups = reference.patients(rng, np.full(8, 3), text=False)
        names = np.unique(groups)
        tests = [group_split(student, groups, 0.25, seed)[1] for seed in hidden.seeds(60)]
        _every_one_at_times(
            [np.searchsorted(names, np.unique(groups[test])) for test in tests], 8, "patients"
        )


SAME_SEED = "i_test of a second call with the same seed"


def group_split(
    student: Student, groups: np.ndarray[Any, Any], test_fraction: float, seed: int
) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Call the student's `group_split`; training and test rows as plain row numbers."""
    names = ("i_train", "i_test")
    parts = expect.items(student.group_split(groups, test_fraction, seed), 2, names=names)
    i_train, i_test = (
        leakage.rows(part, len(groups), name=name) for part, name in zip(parts, names, strict=True)
    )
    return i_train, i_test


def _right_size(size: int, wanted: float) -> None:
    expect.that(
        abs(size - wanted) < 2,
        f"The test set has {size} rows where test_fraction * n is about {wanted:.0f}.",
    )


def _right_share(size: int, wanted: float, largest: int) -> None:
    """Whole groups can't give every size: one and a half of the largest group either way is let through."""
    expect.that(
        abs(size - wanted) <= 1.5 * largest,
        f"The test set has {size} rows where test_fraction * n is about {wanted:.0f}: "
        f"more than the largest group ({largest} rows) away from it.",
    )


def _every_one_at_times(splits: list[np.ndarray[Any, Any]], n: int, what: str) -> None:
    """Each of n things is chosen by some seeds and left by others."""
    share = np.mean([np.isin(np.arange(n), split) for split in splits], axis=0)
    expect.that(
        (share > 0).all() and (share < 1).all(),
        f"Some {what} are in the test set for every seed, or for none of many seeds.",
        f"Use the seed, and give all {what} the same chance.",
    )

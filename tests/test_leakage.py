"""Tests of the behavioural leakage checks: what they find, what they let pass, what they say."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder import leakage
from autograder.errors import CheckFailed

TEST = np.array([1, 4])


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(5)


@pytest.mark.parametrize("value", [[3, 0, 2], (3, 0, 2), np.array([3, 0, 2]), np.array([[3], [0], [2]])])
def test_row_numbers_keep_their_order(value: Any) -> None:
    found = leakage.rows(value, 4, name="test_idx")
    assert found.tolist() == [3, 0, 2]
    assert found.dtype == np.int64


def test_no_rows_are_rows() -> None:
    assert leakage.rows([], 4, name="test_idx").size == 0


@pytest.mark.parametrize(
    ("value", "says"),
    [
        (None, "None"),
        ("0, 1", "text"),
        ([0, 4], "lie outside"),
        ([-1, 0], "lie outside"),
        ([2**63 - 1], "lie outside"),
        ([1, 2, 1], "more than once"),
        ([True, False, True, False], "whole numbers"),
        ([0.5, 1.5], "whole numbers"),
        ([[0, 1], [2, 3]], "list of row numbers"),
        ([0, [1, 2]], "differ in length"),
        ({0, 1}, "a set of 2"),
        (3, "list of row numbers"),
    ],
)
def test_what_is_no_row_numbers_fails_with_a_sentence(value: Any, says: str) -> None:
    with pytest.raises(CheckFailed, match=says) as caught:
        leakage.rows(value, 4, name="test_idx")
    assert "`test_idx`" in caught.value.problem


def test_a_whole_split_passes() -> None:
    leakage.assert_each_row_once(np.array([4, 0, 2]), np.array([3, 1]), 5)


@pytest.mark.parametrize(
    ("train", "test", "says"),
    [
        ([0, 1, 2], [2, 3], "One row is in the training set and in the test set"),
        ([0, 1, 2, 3], [2, 3], "2 rows are in the training set and in the test set"),
        ([0, 1], [3], "One row is in neither set"),
        ([], [], "4 rows are in neither set"),
    ],
)
def test_rows_on_both_sides_or_on_none_are_counted(train: list[int], test: list[int], says: str) -> None:
    with pytest.raises(CheckFailed, match=says):
        leakage.assert_each_row_once(np.array(train, int), np.array(test, int), 4)


@pytest.mark.parametrize("groups", [np.array([7, 7, 8, 8, 9]), np.array(["b", "b", "a", "a", "c"])])
def test_a_group_on_both_sides_is_found(groups: np.ndarray[Any, Any]) -> None:
    leakage.assert_no_common_group(groups, np.array([0, 1, 4]), np.array([2, 3]))
    with pytest.raises(CheckFailed, match="One patient is in the training set and in the test set") as caught:
        leakage.assert_no_common_group(groups, np.array([0, 1, 2]), np.array([3, 4]), what="patient")
    assert "whole patients" in caught.value.hint


@pytest.mark.parametrize("shape", [(6,), (6, 3)])
@pytest.mark.parametrize("dtype", ["f8", "f4", "f2", "i8", "i4", "i1", "u1"])
def test_only_the_chosen_rows_are_altered(
    shape: tuple[int, ...], dtype: str, rng: np.random.Generator
) -> None:
    X = np.arange(np.prod(shape)).reshape(shape).astype(dtype)
    before = X.copy()
    altered = leakage.alter_rows(X, TEST, rng)
    rest = np.delete(np.arange(6), TEST)
    assert np.array_equal(X, before)
    assert altered.dtype == X.dtype
    assert np.array_equal(altered[rest], X[rest])
    assert np.isfinite(altered).all()
    assert (altered[TEST] != X[TEST]).any(axis=-1).all()


def test_altered_rows_are_far_from_the_old_ones(rng: np.random.Generator) -> None:
    altered = leakage.alter_rows(np.zeros((6, 50)), TEST, rng)
    assert np.abs(altered[TEST]).mean() > 1e5


@given(st.lists(st.integers(0, 2), min_size=2, max_size=12), st.integers(0, 2**32))
def test_labels_move_within_their_rows_when_they_can(labels: list[int], seed: int) -> None:
    y = np.array(labels)
    rows = np.arange(0, y.size, 2)
    altered = leakage.permute_labels(y, rows, np.random.default_rng(seed))
    rest = np.delete(np.arange(y.size), rows)
    assert np.array_equal(altered[rest], y[rest])
    assert sorted(altered[rows]) == sorted(y[rows])
    assert np.array_equal(altered, y) == (np.unique(y[rows]).size == 1)


def scaled_on(fit_rows: np.ndarray[Any, Any], X: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    mean: np.ndarray[Any, Any] = X[fit_rows].mean(0)
    scaled: np.ndarray[Any, Any] = (X - mean) / X[fit_rows].std(0)
    return scaled


def test_a_scaler_that_saw_all_rows_is_found_and_an_honest_one_passes(rng: np.random.Generator) -> None:
    X = rng.normal(size=(8, 2))
    train = np.delete(np.arange(8), TEST)
    altered = leakage.alter_rows(X, TEST, rng)
    words = {"what": "The scaled training rows", "altered": "the test rows"}
    leakage.assert_unaffected(scaled_on(train, X)[train], scaled_on(train, altered)[train], **words)
    everything = np.arange(8)
    with pytest.raises(
        CheckFailed, match="The scaled training rows changed when only the test rows"
    ) as caught:
        leakage.assert_unaffected(
            scaled_on(everything, X)[train], scaled_on(everything, altered)[train], **words
        )
    assert "fit on the training rows alone" in caught.value.hint


def test_the_smallest_change_is_a_change() -> None:
    one = {"w": [np.array([1.0, np.nan])], "chosen": (3, "a")}
    leakage.assert_unaffected(
        one, {"w": [np.array([1.0, np.nan])], "chosen": (3, "a")}, what="It", altered="x"
    )
    other = {"w": [np.array([np.nextafter(1.0, 2.0), np.nan])], "chosen": (3, "a")}
    with pytest.raises(CheckFailed):
        leakage.assert_unaffected(one, other, what="It", altered="x")


def test_a_constant_does_not_pass_for_a_result() -> None:
    words = {"what": "The test score", "altered": "the test rows"}
    leakage.assert_affected(0.5, 0.6, **words)
    with pytest.raises(CheckFailed, match="The test score stayed the same when the test rows were altered"):
        leakage.assert_affected(0.5, 0.5, **words)

"""What graders say about values: right ones pass, odd ones fail in a sentence, hidden numbers stay hidden."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from autograder import expect
from autograder.errors import CheckFailed, MissingName, StudentRaised
from autograder.student import Array, Handle


class Anything:
    """Compares equal to everything, and breaks whoever looks closer."""

    def __eq__(self, other: object) -> bool:
        return True

    def __hash__(self) -> int:
        return 1


def handle() -> Handle:
    made = object.__new__(Handle)
    made.types = ("student.Odd", "builtins.object")
    made.callable = False
    return made


ODD: list[Any] = [
    None,
    "text",
    "",
    b"bytes",
    {},
    {"a": 1},
    {1: 2, None: 3},
    set(),
    [],
    [[]],
    [[1], [2, 3]],
    [None],
    ["1", 2],
    [{}, []],
    object(),
    Anything(),
    handle(),
    [handle()],
    np.array([]),
    np.array(["a"]),
    np.array([None, 1], dtype=object),
    np.array([1 + 2j]),
    np.array(["2020-01-01"], dtype="M8[D]"),
    np.zeros((0, 3)),
    np.zeros((2, 2, 2)),
    float("nan"),
    float("inf"),
    1e400,
    10**400,
    1j,
    True,
    pd.DataFrame({"a": ["x"]}),
    pd.Series([None, "b"]),
    lambda: 1,
    int,
]

ASKED: dict[str, Callable[[Any], Any]] = {
    "number": lambda v: expect.number(v, name="w"),
    "integer": lambda v: expect.integer(v, name="w"),
    "text": lambda v: expect.text(v, name="w"),
    "array": lambda v: expect.array(v, name="w", shape=(5, 7)),
    "whole": lambda v: expect.array(v, name="w", kind="i", ndim=4),
    "truth": lambda v: expect.array(v, name="w", kind="b", shape=(9,)),
    "items": lambda v: expect.items(v, 4, names=("a", "b", "c", "d")),
    "mapping": lambda v: expect.mapping(v, ["weights", "bias"]),
    "close": lambda v: expect.close(v, [1.25, 2.5, 7.75], name="w"),
    "equal": lambda v: expect.equal(v, [[3, 1], [4, 1]], name="w"),
    "equal text": lambda v: expect.equal(v, "hidden", name="w"),
    "equal dict": lambda v: expect.equal(v, {"k": [1, 2]}, name="w"),
    "equal list": lambda v: expect.equal(v, ["a", ["b"]], name="w"),
    "at_most": lambda v: expect.at_most(v, -5, problem="It is too large."),
    "library": lambda v: expect.library(v, "torch", name="w"),
}


@pytest.mark.parametrize("asked", ASKED)
@pytest.mark.parametrize("value", ODD, ids=[f"{i}-{type(v).__name__}" for i, v in enumerate(ODD)])
def test_an_odd_value_is_a_failed_check_and_nothing_else(asked: str, value: Any) -> None:
    if asked == "text" and isinstance(value, str):
        return
    with pytest.raises(CheckFailed) as failure:
        ASKED[asked](value)
    assert re.match(r"[A-Z`].*\.$", failure.value.problem)
    assert "object at 0x" not in str(failure.value)


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.complex_numbers(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=12,
)


@given(value=values | hnp.arrays(hnp.scalar_dtypes(), hnp.array_shapes(min_dims=0, max_dims=3)))
def test_any_value_ends_in_a_plain_value_or_a_failed_check(value: Any) -> None:
    for ask in ASKED.values():
        try:
            ask(value)
        except CheckFailed:
            continue
    expect._same(value, value)


@given(
    want=hnp.arrays(np.float64, 5, elements=st.floats(100, 1e6).map(lambda v: v + 0.123456)),
    factor=st.sampled_from([0.0, -1.0, 1.5, 3.0, np.nan]),
    shift=st.sampled_from([0.0, 1.0, 1e9]),
)
def test_a_message_never_holds_a_hidden_number(want: Any, factor: float, shift: float) -> None:
    with pytest.raises(CheckFailed) as failure:
        expect.close(want * factor + shift, want, name="w")
    for number in want:
        assert f"{number:.6g}" not in str(failure.value)
        assert str(int(number)) not in str(failure.value)


@given(
    want=st.floats(1e-3, 1e6), constant=st.sampled_from([1.0, -1.0, 10.0, 100.0, 0.0]), n=st.integers(1, 4)
)
def test_who_returns_a_constant_does_not_learn_the_number(want: float, constant: float, n: int) -> None:
    assume(abs(constant - want) > 1e-5 + 1e-4 * want)
    with pytest.raises(CheckFailed) as failure:
        expect.close(np.full(n, constant), np.full(n, want), name="w")
    said = set(re.findall(r"[0-9][0-9.e+-]*", failure.value.problem)) - {str(n)}
    assert said <= {"1", "2", "10", "100"}


def test_a_number_is_told_to_be_twice_as_large_but_not_how_much_else() -> None:
    for got, says in (
        (3.0, "2 times too large"),
        (150.0, "100 times too large"),
        (0.75, "2 times too small"),
    ):
        with pytest.raises(CheckFailed, match=says):
            expect.close(got, 1.5, name="w")
    for got, says in ((7.0, "far off"), (1.51, "less than 1 %"), (1.6, "less than 10 %"), (1.0, "far off")):
        with pytest.raises(CheckFailed, match=says):
            expect.close(got, 1.5, name="w")


@pytest.mark.parametrize(
    ("got", "want"),
    [
        ([1.7e308, 1.0], [-1.7e308, 2.0]),
        (np.array(["1e400", "2"], dtype=np.longdouble), [1.0, 2.0]),
        (np.array([6e4, 1], np.float16), [1e300, 1e-300]),
    ],
)
def test_numbers_at_the_end_of_their_range_fail_without_a_warning(got: Any, want: Any) -> None:
    with pytest.raises(CheckFailed):
        expect.close(got, want, name="w")


@pytest.mark.parametrize("got", [np.array([2**64 - 1], np.uint64), [1e300], [-1.0000001]])
def test_whole_numbers_out_of_range_are_not_taken_for_others(got: Any) -> None:
    with pytest.raises(CheckFailed):
        expect.equal(got, [-1], name="i")


def test_numbers_come_in_many_forms() -> None:
    for value in (3, 3.0, np.float32(3), np.int64(3), np.array(3.0), [3], np.array([[3]]), pd.Series([3])):
        assert expect.number(value, name="w") == 3
        assert expect.integer(value, name="n") == 3


def test_a_tensor_is_as_good_as_an_array() -> None:
    tensor = np.arange(6.0).reshape(2, 3).view(Array)
    tensor.library = "torch"
    expect.close(tensor, [[0, 1, 2], [3, 4, 5]], name="w")
    expect.library(tensor, "torch", name="w")
    with pytest.raises(
        CheckFailed, match=r"must be a tensorflow tensor, not a torch tensor of shape \(2, 3\)"
    ):
        expect.library(tensor, "tensorflow", name="w")


@pytest.mark.parametrize(
    "losses",
    [
        [4.0, np.array([2.0]), np.array([1.0])],
        [np.float32(4), np.array([[2.0]]), 1],
        (np.array([4.0]), np.array(2.0), np.array([[1.0]]).view(Array)),
        [np.array([[4.0]]), np.array([[2.0]]), np.array([[1.0]])],
    ],
)
def test_a_list_may_mix_numbers_and_arrays_of_one_element(losses: Any) -> None:
    assert expect.array(losses, name="losses", shape=(3,)).tolist() == [4, 2, 1]


@pytest.mark.parametrize("parts", [[4.0, np.array([2.0, 1.0])], [np.array([4.0]), "2"], [4.0, np.array([])]])
def test_parts_that_are_no_single_numbers_are_not_flattened(parts: Any) -> None:
    with pytest.raises(CheckFailed):
        expect.array(parts, name="losses", shape=(2,))


class Talkative(Handle):
    """A handle that would have to ask the student's process for its length and its items."""

    def __len__(self) -> int:
        raise AssertionError("the guest was asked")

    def __getitem__(self, index: Any) -> Any:
        raise AssertionError("the guest was asked")


@pytest.mark.parametrize("depth", [0, 1, 3])
@pytest.mark.parametrize("asked", ASKED)
def test_objects_in_a_list_are_refused_without_asking_the_guest(asked: str, depth: int) -> None:
    value: Any = object.__new__(Talkative)
    value.types = ("student.Odd",)
    for _ in range(depth):
        value = [value, 1.0]
    with pytest.raises(CheckFailed):
        ASKED[asked](value)


def test_a_long_list_is_as_good_as_an_array() -> None:
    long = [float(i) for i in range(200_000)]
    expect.close(long, np.arange(200_000), name="w")
    with pytest.raises(CheckFailed, match=r"must have shape \(3,\); it has \(200000,\)"):
        expect.array(long, name="w", shape=(3,))


@given(
    want=st.lists(st.integers(10_000, 10**9), min_size=2, max_size=6),
    got=st.lists(st.integers(-99, 99), min_size=2, max_size=6) | st.integers(-9, 9) | st.none(),
)
def test_a_message_about_counts_never_holds_a_hidden_count(want: list[int], got: Any) -> None:
    for asked in (np.array(want), want, {"n": want}, want[0]):
        with pytest.raises(CheckFailed) as failure:
            expect.equal(got, asked, name="w")
        assert not any(str(number) in str(failure.value) for number in want)


@given(want=st.text(min_size=4, alphabet="qxzjk"), got=values)
def test_a_message_about_text_never_holds_the_hidden_text(want: str, got: Any) -> None:
    assume(got != want)
    with pytest.raises(CheckFailed) as failure:
        expect.equal(got, want, name="w")
    assert want not in str(failure.value)


def test_axes_of_length_one_are_forgiven_unless_the_shape_is_the_point() -> None:
    column = np.arange(4.0)[:, None]
    assert expect.array(column, name="w", shape=(4,)).shape == (4,)
    with pytest.raises(CheckFailed, match=r"must have shape \(4,\); it has \(4, 1\)"):
        expect.array(column, name="w", shape=(4,), exact_shape=True)
    with pytest.raises(CheckFailed, match="Rows and columns are exchanged"):
        expect.array(np.zeros((2, 3)), name="w", shape=(3, 2))


@pytest.mark.parametrize(
    ("got", "says"),
    [
        ([-1.0, -2.0, -4.0], "the sign is wrong"),
        ([2.0, 4.0, 8.0], "2 times too large"),
        ([0.5, 1.0, 2.0], "2 times too small"),
        ([4.0, 2.0, 1.0], "in reverse order"),
        ([2.0, 1.0, 4.0], "in another order"),
        ([1.0, 2.0, 5.0], "wrong in 1 of 3 of its numbers"),
        ([1.0, 2.0, np.nan], "1 of 3 are NaN or infinite"),
    ],
)
def test_the_message_says_in_which_way_it_is_wrong(got: list[float], says: str) -> None:
    with pytest.raises(CheckFailed, match=says):
        expect.close(got, [1.0, 2.0, 4.0], name="w")


def test_tolerances_are_those_of_the_arithmetic() -> None:
    want = np.linspace(1, 2, 7)
    expect.close(np.float32(want), want, name="w")
    expect.close(want * (1 + 1e-12), want, name="w", **expect.T64)
    with pytest.raises(CheckFailed):
        expect.close(np.float32(want), want, name="w", **expect.T64)
    gradient = np.array([1e3, 1e-6])
    expect.close(gradient + np.array([0, 1e-3]), gradient, name="g", **expect.TG)
    with pytest.raises(CheckFailed):
        expect.close(gradient + np.array([0, 1e-3]), gradient, name="g")


def test_identity_is_bit_by_bit_and_nan_is_itself() -> None:
    one = {"a": np.array([1.0, np.nan]), "b": [1, (2.5, "x")], "c": float("nan")}
    same = {"a": np.array([1.0, np.nan]), "b": [1, (2.5, "x")], "c": float("nan")}
    expect.bit_equal(one, same, problem="They differ.")
    for other in (
        {**same, "a": np.array([1.0, 2.0])},
        {**same, "a": np.array([1.0, np.nan], np.float32)},
        {**same, "b": [1, (2.5000000001, "x")]},
        {"a": same["a"]},
    ):
        expect.differs(one, other, problem="They are the same.")
        with pytest.raises(CheckFailed, match=r"They differ\."):
            expect.bit_equal(one, other, problem="They differ.")
    expect.differs(handle(), handle(), problem="Two handles tell nothing.")


def test_parts_by_place_or_by_name() -> None:
    names = ("w", "b")
    for value in ((1, 2), [1, 2], np.array([1, 2]), {"b": 2, "w": 1, "more": 3}):
        assert [int(part) for part in expect.items(value, 2, names=names)] == [1, 2]
    with pytest.raises(CheckFailed, match=r"must be 2 values \(w, b\); it has 3 parts"):
        expect.items((1, 2, 3), 2, names=names)
    with pytest.raises(CheckFailed, match='lacks "bias"'):
        expect.mapping({"weights": 1}, ["weights", "bias"])


def test_one_of_several_is_enough_and_else_the_first_failure_counts() -> None:
    students: list[Any] = ["own", "given"]
    tried: list[Any] = []

    def holds_for_given(student: Any) -> None:
        tried.append(student)
        expect.that(student == "given", "It does not hold.")

    expect.any_of(holds_for_given, *students)
    assert tried == students

    def never(student: Any) -> None:
        raise MissingName("f") if student == "own" else StudentRaised("`f`", "ValueError", "")

    with pytest.raises(MissingName):
        expect.any_of(never, *students)

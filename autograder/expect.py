"""What graders say about values: one function a property, and every sentence a student reads about one.

Each function takes what came back from the student, however odd, and returns it in a plain form or raises
`CheckFailed`. Sentences say in which way a value is wrong, never what the hidden value is.

What is forgiven everywhere: lists and tuples for arrays, tensors of any library, numpy scalars and 0-d arrays
for numbers, shape (n, 1) for (n,) unless the shape is the point, other float widths, extra keys of a mapping.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal, TypedDict

import numpy as np

from autograder.errors import CheckFailed, StudentError
from autograder.student import Array, Handle, Student

Kind = Literal["f", "i", "b"]


class Tolerance(TypedDict, total=False):
    """How far a value may be off: |got - want| <= atol + rtol * |want|.

    With `scale="largest"`, |want| is the largest absolute value of the whole array.
    """

    rtol: float
    atol: float
    scale: Literal["each", "largest"]


T32: Tolerance = {"rtol": 1e-4, "atol": 1e-5}
"""For anything that may be computed in float32; the default."""
T64: Tolerance = {"rtol": 1e-9, "atol": 1e-12}
"""For float64 arithmetic whose order is fixed."""
TG: Tolerance = {"rtol": 1e-4, "atol": 1e-6, "scale": "largest"}
"""For gradients, and for weights after a few steps."""

_PARTS = np.ndarray | np.generic | float | int
"""What a list of numbers may hold."""
_KINDS = {"f": "numbers", "i": "whole numbers", "b": "true and false values"}


def that(condition: object, problem: str, hint: str = "") -> None:
    """Fail with `problem` unless `condition` holds."""
    if not condition:
        raise CheckFailed(problem, hint)


def any_of(check: Callable[[Student], None], *students: Student) -> None:
    """`check` holds for one of these; else the first one's failure counts.

    For a question that builds on an earlier one: the student's own answer to that one and the reference's.
    """
    first: StudentError | None = None
    for student in students:
        try:
            check(student)
            return
        except StudentError as error:
            first = first or error
    if first is not None:
        raise first


def number(value: Any, *, name: str) -> float:
    """A finite real number.

    Python and numpy numbers count, and arrays or tensors of one element; truth values do not.
    """
    single = _single(value, name, "a number")
    that(single.dtype.kind in "fiu", f"{_shown(name)} must be a real number, not {described(value)}.")
    result = float(single)
    that(math.isfinite(result), f"{_shown(name)} must be a finite number; it is {_odd(single)}.")
    return result


def integer(value: Any, *, name: str) -> int:
    """A whole number; 3.0 counts."""
    single = _single(value, name, "a whole number")
    that(single.dtype.kind in "fiu", f"{_shown(name)} must be a whole number, not {described(value)}.")
    real = float(single)
    that(math.isfinite(real) and real == int(real), f"{_shown(name)} must be a whole number.")
    return int(single)


def text(value: Any, *, name: str) -> str:
    """A string."""
    if isinstance(value, np.ndarray) and value.ndim == 0:
        value = value[()]
    if not isinstance(value, str):
        raise CheckFailed(f"{_shown(name)} must be text, not {described(value)}.")
    return str(value)


def array(
    value: Any,
    *,
    name: str,
    shape: Sequence[int] | None = None,
    ndim: int | None = None,
    kind: Kind = "f",
    finite: bool = True,
    exact_shape: bool = False,
) -> np.ndarray[Any, Any]:
    """An array of the given kind and shape.

    Parameters
    ----------
    kind : "f", "i" or "b"
        Numbers (whole ones count, and are converted to float), whole numbers, truth values.
    exact_shape : bool
        Whether (n, 1) and (1, n) are refused where (n,) is asked for.

    Returns
    -------
    np.ndarray
        float64 for "f", int64 for "i", bool for "b".
    """
    result = _plain(value, name, f"an array of {_KINDS[kind]}")
    wanted = {"f": "fiu", "i": "iu", "b": "b"}[kind]
    if result.dtype.kind not in wanted and result.size:
        raise CheckFailed(f"{_shown(name)} must hold {_KINDS[kind]}, not {_content(result)}.")
    if kind == "i" and result.dtype.kind == "u" and result.size:
        that(result.max() < 2**63, f"{_shown(name)} holds whole numbers that are too large.")
    with np.errstate(over="ignore"):  # what a longer float holds may be infinite in float64
        result = result.astype({"f": np.float64, "i": np.int64, "b": np.bool_}[kind])
    if shape is not None:
        result = _shaped(result, tuple(shape), name, exact_shape)
    that(
        ndim is None or result.ndim == ndim,
        f"{_shown(name)} must have {ndim} dimensions; its shape is {result.shape}.",
    )
    if finite and kind == "f":
        bad = int(np.count_nonzero(~np.isfinite(result)))
        that(not bad, f"{_shown(name)} must hold finite numbers; {bad} of {result.size} are NaN or infinite.")
    return result


def items(value: Any, n: int, *, names: Sequence[str] | None = None, what: str = "values") -> tuple[Any, ...]:
    """The `n` parts of a list, tuple or array; of a dict too, when `names` are its keys."""
    wanted = f"{n} {what}" + (f" ({', '.join(names)})" if names else "")
    if names and isinstance(value, dict) and all(key in value for key in names):
        return tuple(value[key] for key in names)
    if isinstance(value, np.ndarray) and value.ndim > 0:
        value = list(value)
    if not isinstance(value, list | tuple):
        raise CheckFailed(f"The result must be {wanted}, not {described(value)}.")
    that(len(value) == n, f"The result must be {wanted}; it has {len(value)} parts.")
    return tuple(value)


def mapping(value: Any, keys: Sequence[str], *, name: str = "the result") -> dict[str, Any]:
    """A dict with at least these keys."""
    if not isinstance(value, dict):
        wanted = ", ".join(f'"{key}"' for key in keys)
        raise CheckFailed(f"{_shown(name)} must be a dict with the keys {wanted}, not {described(value)}.")
    missing = [key for key in keys if key not in value]
    that(not missing, f"{_shown(name)} lacks {_listed(missing)}.", "Check the spelling of the keys.")
    return {key: value[key] for key in keys}


def close(
    got: Any,
    want: Any,
    *,
    name: str,
    rtol: float = 1e-4,
    atol: float = 1e-5,
    scale: Literal["each", "largest"] = "each",
    exact_shape: bool = False,
) -> None:
    """`got` has the shape and, within a tolerance, the numbers of `want` (ours, finite)."""
    expected = np.asarray(want, dtype=np.float64)
    result = array(got, name=name, shape=expected.shape, exact_shape=exact_shape)
    size = np.abs(expected)
    if scale == "largest" and size.size:
        size = np.full_like(size, size.max())
    with np.errstate(over="ignore"):
        wrong = np.abs(result - expected) > atol + rtol * size
    if wrong.any():
        raise CheckFailed(_way_off(result, expected, wrong, name))


def equal(got: Any, want: Any, *, name: str) -> None:
    """`got` is exactly `want`: counts, indices, text, truth values, and lists, tuples or dicts of them."""
    if isinstance(want, str):
        that(text(got, name=name) == want, f"{_shown(name)} is not what it must be.")
    elif isinstance(want, Mapping):
        parts = mapping(got, list(want), name=name)
        for key, value in want.items():
            equal(parts[key], value, name=f"{name}[{key!r}]")
    elif isinstance(want, list | tuple) and any(isinstance(v, str | list | tuple | dict) for v in want):
        for i, (mine, theirs) in enumerate(zip(items(got, len(want)), want, strict=True)):
            equal(mine, theirs, name=f"{name}[{i}]")
    else:
        _equal_numbers(got, np.asarray(want), name)


def bit_equal(one: Any, other: Any, *, problem: str, hint: str = "") -> None:
    """Two values of the student are the same, bit for bit; NaN equals NaN."""
    that(_same(one, other), problem, hint)


def differs(one: Any, other: Any, *, problem: str, hint: str = "") -> None:
    """Two values of the student are not the same."""
    that(not _same(one, other), problem, hint)


def at_most(value: Any, bound: float, *, problem: str, hint: str = "") -> None:
    """A number of the student is finite and at most `bound`."""
    that(number(value, name="the result") <= bound, problem, hint)


def at_least(value: Any, bound: float, *, problem: str, hint: str = "") -> None:
    """A number of the student is finite and at least `bound`."""
    that(number(value, name="the result") >= bound, problem, hint)


def library(value: Any, wanted: str, *, name: str) -> None:
    """The value came back as a tensor of this library, "torch" or "tensorflow"."""
    is_tensor = isinstance(value, Array) and value.library == wanted
    that(is_tensor, f"{_shown(name)} must be a {wanted} tensor, not {described(value)}.")


def described(value: Any) -> str:
    """What a value is, in a few words and without its content."""
    if value is None:
        return "None"
    if isinstance(value, Array) and value.library:
        return f"a {value.library} tensor of shape {value.shape}"
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape}"
    if isinstance(value, Handle):
        name = (value.types or ("?",))[0].rpartition(".")[2]
        return f"an object of class {name}"
    if isinstance(value, list | tuple | set | dict):
        return f"a {type(value).__name__} of {len(value)}"
    if isinstance(value, np.generic):
        return f"a numpy {value.dtype.name}"
    names = {"str": "text", "bool": "a truth value", "int": "an int", "float": "a float"}
    return names.get(type(value).__name__, f"a {type(value).__name__}")


def _single(value: Any, name: str, wanted: str) -> np.ndarray[Any, Any]:
    """The one element of a value, as a 0-d array."""
    result = _plain(value, name, wanted)
    that(result.size == 1, f"{_shown(name)} must be {wanted}, not {described(value)}.")
    return result.reshape(())


def _plain(value: Any, name: str, wanted: str) -> np.ndarray[Any, Any]:
    """A value as a numpy array of a simple kind; what has no such form fails."""
    problem = f"{_shown(name)} must be {wanted}, not {described(value)}."
    if value is None or isinstance(value, str | bytes | dict | set | Handle):
        raise CheckFailed(problem)
    if hasattr(value, "to_numpy"):
        value = value.to_numpy()
    if _holds_handle(value):  # numpy would ask the guest for its length and its items
        raise CheckFailed(f"{_shown(name)} must be {wanted}; it holds objects that are no numbers.")
    try:
        result = np.asarray(_scalars(value))
        if result.dtype.kind == "O":
            result = np.asarray(result.tolist(), dtype=np.float64)
    except (ValueError, TypeError, OverflowError, RecursionError) as error:
        raise CheckFailed(
            f"{_shown(name)} must be {wanted}; its rows differ in length or hold other things."
        ) from error
    if result.dtype.kind not in "fiub":
        raise CheckFailed(f"{_shown(name)} must be {wanted}, not {_content(result)}.")
    return result.view(np.ndarray)


def _holds_handle(value: Any) -> bool:
    """Whether a list, at any depth, holds something that stayed in the guest."""
    if isinstance(value, list | tuple):
        return any(map(_holds_handle, value))
    return isinstance(value, Handle)


def _scalars(value: Any) -> Any:
    """A list of numbers and arrays of one element, mixed, as a list of numbers; all else as it is."""
    if not isinstance(value, list | tuple):
        return value
    arrays = [isinstance(part, np.ndarray) for part in value]
    mixed = any(arrays) and len({np.shape(part) for part in value if isinstance(part, _PARTS)}) > 1
    if not mixed or not all(isinstance(part, _PARTS) and np.size(part) == 1 for part in value):
        return value
    return [part.reshape(())[()] if isinstance(part, np.ndarray) else part for part in value]


def _shaped(
    result: np.ndarray[Any, Any], shape: tuple[int, ...], name: str, exact: bool
) -> np.ndarray[Any, Any]:
    """The array in the wanted shape; axes of length 1 are forgiven unless `exact`."""
    if result.shape == shape:
        return result
    bare = tuple(n for n in result.shape if n != 1)
    if not exact and bare == tuple(n for n in shape if n != 1):
        return result.reshape(shape)
    hint = "Rows and columns are exchanged." if result.shape == shape[::-1] else ""
    raise CheckFailed(f"{_shown(name)} must have shape {shape}; it has {result.shape}.", hint)


def _way_off(
    got: np.ndarray[Any, Any], want: np.ndarray[Any, Any], wrong: np.ndarray[Any, Any], name: str
) -> str:
    """A sentence on how numbers are wrong, without the numbers."""
    if got.size == 1:
        return f"{_shown(name)} is wrong: {_relation(got, want)}."
    if got.ndim == 1 and np.allclose(got[::-1], want):
        return f"{_shown(name)} holds the right numbers in reverse order."
    if got.ndim == 2 and got.shape[0] == got.shape[1] and np.allclose(got.T, want):
        return f"{_shown(name)} is transposed."
    if got.ndim == 1 and np.allclose(np.sort(got), np.sort(want)):
        return f"{_shown(name)} holds the right numbers in another order."
    count = int(np.count_nonzero(wrong))
    where = "all" if count == got.size else f"{count} of {got.size}"
    return f"{_shown(name)} is wrong in {where} of its numbers: {_relation(got, want)}."


def _relation(got: np.ndarray[Any, Any], want: np.ndarray[Any, Any]) -> str:
    """How the numbers differ, told so that even whoever returns a constant does not learn `want`."""
    with np.errstate(all="ignore"):
        if np.allclose(got, -want):
            return "the sign is wrong"
        constant = bool((got == got.flat[0]).all())
        factors = (got / want)[np.abs(want) > 1e-12]
        if factors.size and np.isfinite(factors).all() and np.ptp(factors) < 1e-3 * abs(factors[0]):
            factor = float(factors[0])
            told = f"{max(factor, 1 / factor):.3g}" if factor > 0 and not constant else ""
            if constant and abs(float(got.flat[0])) != 1:
                told = _usual_factor(factor)
            if told:
                return f"it is {told} times too {'large' if factor > 1 else 'small'}"
        size = float(np.abs(want).max())
        share = float(np.abs(got - want).max()) / size if size else math.inf
    if not size:
        return "it should be zero"
    if constant:
        return next((f"it is off by less than {p} %" for p in (1, 10) if share < p / 100), "it is far off")
    return f"it is off by up to {share:.2g} of the largest" if share < 1000 else "it is off by far"


def _usual_factor(factor: float) -> str:
    """Half, double or per cent; another factor of a constant would give away the number behind it."""
    return next((str(n) for n in (2, 100) for f in (n, 1 / n) if math.isclose(factor, f, rel_tol=1e-3)), "")


def _equal_numbers(got: Any, want: np.ndarray[Any, Any], name: str) -> None:
    kind: Kind = "b" if want.dtype.kind == "b" else "i" if want.dtype.kind in "iu" else "f"
    result = _plain(got, name, f"an array of {_KINDS[kind]}" if want.ndim else "a number")
    whole = result.dtype.kind == "f" and bool((np.abs(result.astype(np.float64)) < 2**63).all())
    if kind == "i" and whole and np.array_equal(result, np.round(result)):
        result = result.astype(np.int64)
    result = array(result, name=name, shape=want.shape, kind=kind)
    if not np.array_equal(result, want):
        count = int(np.count_nonzero(result != want))
        detail = f"{count} of its {want.size} values are wrong" if want.ndim else "it is another value"
        raise CheckFailed(f"{_shown(name)} is not what it must be: {detail}.")


def _same(one: Any, other: Any) -> bool:
    """Whether two values are the same, bit for bit."""
    if isinstance(one, np.ndarray) and isinstance(other, np.ndarray):
        return _same_array(one, other)
    if type(one) is not type(other) or isinstance(one, Handle):
        return False
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(_same(one[key], other[key]) for key in one)
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(_same, one, other))
    if isinstance(one, float | np.floating):
        return bool(one == other or (one != one and other != other))
    if hasattr(one, "to_numpy"):
        return _same_array(one.to_numpy(), other.to_numpy())
    return bool(one == other)


def _same_array(one: np.ndarray[Any, Any], other: np.ndarray[Any, Any]) -> bool:
    if one.shape != other.shape or one.dtype != other.dtype:
        return False
    if one.dtype.kind == "O":
        return all(map(_same, one.ravel().tolist(), other.ravel().tolist()))
    return bool(np.array_equal(one, other, equal_nan=one.dtype.kind in "fcmM"))


def _content(result: np.ndarray[Any, Any]) -> str:
    names = {
        "U": "text",
        "S": "bytes",
        "b": "true and false values",
        "c": "complex numbers",
        "f": "fractions",
    }
    return names.get(result.dtype.kind, f"values of type {result.dtype.name}")


def _odd(single: np.ndarray[Any, Any]) -> str:
    return "NaN" if np.isnan(single) else "infinite"


def _shown(name: str) -> str:
    """A name at the start of a sentence: an identifier as code, words as words."""
    return f"`{name}`" if not {" ", "`"} & set(name) else name[:1].upper() + name[1:]


def _listed(keys: Sequence[str]) -> str:
    return ", ".join(f'"{key}"' for key in keys)

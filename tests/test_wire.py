"""Values over the border: what goes in comes out, and nothing a hostile guest sends does any harm."""

from __future__ import annotations

import contextlib
import json
import math
import random
import socket
import struct
import threading
import time
import tracemalloc
from collections import Counter, OrderedDict, namedtuple
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from autograder import wire

OFTEN = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def crossed(value: Any) -> Any:
    """`value` after it went over a real socket."""
    packer = wire.Packer()
    tree = packer.pack(value)
    with pair() as (one, other):
        sender = threading.Thread(target=one.send, args=({"v": tree}, packer.buffers))
        sender.start()
        message, buffers = other.receive(time.monotonic() + 20)
        sender.join()
    return wire.Unpacker(buffers).unpack(message["v"])


@contextlib.contextmanager
def pair() -> Iterator[tuple[wire.Channel, wire.Channel]]:
    a, b = socket.socketpair()
    one, other = wire.Channel(a), wire.Channel(b)
    try:
        yield one, other
    finally:
        one.close()
        other.close()


def same(a: Any, b: Any) -> bool:
    """Equal in type and value, with NaN equal to itself."""
    if type(a) is not type(b):
        return False
    if isinstance(a, float):
        return struct.pack("d", a) == struct.pack("d", b) or (math.isnan(a) and math.isnan(b))
    if isinstance(a, complex):
        return same(a.real, b.real) and same(a.imag, b.imag)
    if isinstance(a, list | tuple):
        return len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, dict):
        return list(a) == list(b) and all(same(a[key], b[key]) for key in a)
    return bool(a == b)


# ---------------------------------------------------------------- what goes in comes out

keys = (
    st.none() | st.booleans() | st.integers() | st.text() | st.binary() | st.tuples(st.integers(), st.text())
)
plain = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(-(2**4000), 2**4000)
    | st.floats()
    | st.complex_numbers()
    | st.text()
    | st.binary()
    | st.sets(keys)
    | st.frozensets(keys)
    | st.lists(st.floats(), min_size=30, max_size=40)
    | st.lists(st.integers(), min_size=30, max_size=40),
    lambda inner: st.lists(inner) | st.tuples(inner, inner) | st.dictionaries(keys, inner),
    max_leaves=20,
)


@OFTEN
@given(plain)
@example({"$": "int", "v": "0x1"})
@example({frozenset({1, 2}): {frozenset()}})
@example(["\ud800", "\x00", "𝔘"])
@example([2**63, -(2**63), 2**63 - 1, -(2**63) - 1])
@example([2**63] * 40)
@example([True] * 40)
@example([1.0] * 39 + [1])
@example(10**1200)
def test_plain_values_come_out_as_they_went_in(value: Any) -> None:
    assert same(crossed(value), value)


dtypes = (
    hnp.boolean_dtypes()
    | hnp.integer_dtypes(endianness="?")
    | hnp.unsigned_integer_dtypes(endianness="?")
    | hnp.floating_dtypes(endianness="?", sizes=(16, 32, 64))
    | hnp.complex_number_dtypes(endianness="?")
    | hnp.datetime64_dtypes(endianness="?")
    | hnp.timedelta64_dtypes(endianness="?")
    | hnp.unicode_string_dtypes(endianness="?")
    | hnp.byte_string_dtypes()
)


def same_array(a: Any, b: Any) -> bool:
    return (
        type(a) is np.ndarray
        and (a.dtype, a.shape) == (b.dtype, b.shape)
        and np.ascontiguousarray(a).tobytes() == np.ascontiguousarray(b).tobytes()
    )


@OFTEN
@given(
    hnp.arrays(dtypes, hnp.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4)), st.integers(0, 4)
)
def test_arrays_come_out_as_they_went_in(value: Any, layout: int) -> None:
    value = [value, np.asfortranarray(value), value.T, value[..., ::-1] if value.ndim else value, value[:0:-2]
             if value.ndim else value][layout]  # fmt: skip
    assert same_array(crossed(value), value)


@OFTEN
@given(hnp.arrays(dtypes, 1))
def test_numpy_scalars_keep_their_type(value: Any) -> None:
    scalar = crossed(value[0])
    assert type(scalar) is type(value[0])
    assert same_array(np.asarray(scalar), np.asarray(value[0]))


@pytest.mark.parametrize(
    "value",
    [
        np.longdouble("1.25"),
        np.arange(3, dtype=np.longdouble),
        np.array([1 + 2j], np.clongdouble),
        np.array(["2020-01-01", "NaT"], "M8[ns]"),
        np.array([1], "m8"),
        np.broadcast_to(np.float32(3), (2, 3)),
        np.zeros((3, 0, 2)),
        np.array(True),
        np.empty((0,), "U"),
    ],
)
def test_unusual_arrays(value: Any) -> None:
    assert same_array(np.asarray(crossed(value)), np.asarray(value))


def test_arrays_of_objects_hold_values() -> None:
    value = np.array([[1, "a"], [None, {"k": (1, 2)}]], object)
    got = crossed(value)
    assert (got.dtype, got.shape, got.tolist()) == (object, (2, 2), value.tolist())
    assert crossed(np.array(None, object)).shape == ()


def test_containers_of_other_kinds_become_plain_ones() -> None:
    point = namedtuple("point", "x y")
    assert same(crossed(point(1, 2.0)), (1, 2.0))
    assert same(crossed(OrderedDict(b=1, a=2)), {"b": 1, "a": 2})
    assert same(crossed(Counter("aab")), {"a": 2, "b": 1})
    assert same(crossed(bytearray(b"ab")), b"ab")


def test_long_lists_of_numpy_values_cross() -> None:
    scalars = [np.float64(i) for i in range(20_000)]
    assert same(crossed(scalars), scalars)
    assert np.array_equal(crossed([np.array([i, 1]) for i in range(20_000)])[-1], [19_999, 1])


def test_single_times_become_numpy_ones() -> None:
    assert crossed(pd.Timestamp("2020-01-01")) == np.datetime64("2020-01-01")
    assert crossed(pd.Timedelta("1s")) == np.timedelta64(1, "s")
    assert np.isnat(crossed(pd.NaT))


def test_what_arrives_can_be_written_to() -> None:
    got = crossed(np.zeros(3))
    got += 1
    assert got.sum() == 3


FRAMES = {
    "mixed": pd.DataFrame({"i": [1, 2], "f": [0.5, np.nan], "s": ["a", None], "b": [True, False]}),
    "one kind": pd.DataFrame(np.arange(6.0).reshape(3, 2), columns=["x", "y"], index=["a", "b", "c"]),
    "names twice": pd.DataFrame([[1, 2]], columns=["x", "x"]),
    "dates": pd.DataFrame(
        {"t": pd.to_datetime(["2020-01-01", "NaT"])}, index=pd.to_datetime(["2021", "2022"])
    ),
    "numbers as names": pd.DataFrame({0: [1], 1: ["x"], (1, 2): [2.0]}),
    "no rows": pd.DataFrame({"a": np.zeros(0), "b": np.zeros(0, "i8")}),
    "no columns": pd.DataFrame(index=[3, 4]),
    "nothing": pd.DataFrame(),
    "two-level index": pd.DataFrame({"v": [1, 2]}, index=pd.MultiIndex.from_tuples([("a", 1), ("b", 2)])),
    "two-level columns": pd.DataFrame([[1, 2]], columns=pd.MultiIndex.from_tuples([("a", 1), ("b", 2)])),
    "shuffled": pd.DataFrame({"v": [1.5, 2.5, 3.5]}, index=[2, 0, 2]),
    "categories": pd.DataFrame({"c": pd.Categorical(["u", "v", "u"])}),
    "nullable": pd.DataFrame({"n": pd.array([1, None], dtype="Int64")}),
    "time zone": pd.DataFrame({"t": pd.to_datetime(["2020-01-01"]).tz_localize("UTC")}),
}


@pytest.mark.parametrize("name", FRAMES)
def test_frames_keep_values_names_and_index(name: str) -> None:
    frame = FRAMES[name]
    got = crossed(frame)
    assert got.shape == frame.shape
    assert list(got.columns) == list(frame.columns)
    assert list(got.index) == list(frame.index)
    for i in range(frame.shape[1]):
        for a, b in zip(got.iloc[:, i], frame.iloc[:, i], strict=True):
            assert (pd.isna(a) and pd.isna(b)) or a == b or a == b.tz_convert(None)


@pytest.mark.parametrize("name", ["mixed", "one kind", "dates", "shuffled", "no rows"])
def test_frames_of_plain_types_are_equal(name: str) -> None:
    pd.testing.assert_frame_equal(crossed(FRAMES[name]), FRAMES[name], check_index_type=False)


@OFTEN
@given(
    st.lists(st.floats() | st.text(max_size=3) | st.none() | st.booleans(), max_size=6), st.text(max_size=3)
)
def test_series_keep_values_name_and_index(values: list[Any], name: str) -> None:
    series = pd.Series(values, index=[f"r{i}" for i in range(len(values))], name=name, dtype=object)
    got = crossed(series)
    assert (got.name, list(got.index)) == (name, list(series.index))
    assert all((pd.isna(a) and pd.isna(b)) or a == b for a, b in zip(got, series, strict=True))


def test_an_index_becomes_an_array() -> None:
    assert crossed(pd.Index([3, 4])).tolist() == [3, 4]
    assert list(crossed(pd.Index(["a", "b"]))) == ["a", "b"]


# ---------------------------------------------------------------- what is too large is not sent


def nested(depth: int) -> Any:
    value: Any = []
    for _ in range(depth):
        value = [value]
    return value


def endless() -> Any:
    value: list[Any] = []
    value.append(value)
    return value


class Endless(dict[str, int]):
    def items(self) -> Any:
        return iter(lambda: ("a", 1), None)


@pytest.mark.parametrize(
    "value",
    [
        nested(100),
        endless(),
        Endless(),
        [None] * (wire.MAX_NODES + 1),
        10**6000,
        object(),
        np.zeros(2, [("a", "f8")]),
        [0.5] * (wire.MAX_PACKED + 1),
    ],
    ids=["deep", "endless list", "endless dict", "wide", "long integer", "object", "fields", "long list"],
)
def test_what_is_no_value_is_refused_with_a_reason(value: Any) -> None:
    with pytest.raises(wire.NoValue, match=r"\w+ \w+"):
        wire.Packer().pack(value)


@pytest.mark.parametrize(
    ("message", "buffers"),
    [
        ({"v": "x" * (wire.MAX_JSON + 1)}, []),
        ({}, [b""] * (wire.MAX_BUFFERS + 1)),
        ({}, [bytes(wire.MAX_BYTES // 4 + 1)] * 4),
    ],
    ids=["text", "buffers", "bytes"],
)
def test_a_frame_that_is_too_large_is_not_begun(message: dict[str, Any], buffers: list[Any]) -> None:
    with pair() as (one, other):
        with pytest.raises(wire.NoValue):
            one.send(message, buffers)
        one.send({"next": 1}, [])
        assert other.receive(time.monotonic() + 5) == ({"next": 1}, [])


# ---------------------------------------------------------------- hostile frames


def received(raw: bytes, *, end: bool = True) -> Any:
    """What a channel makes of these bytes, with its value if it has one."""
    a, b = socket.socketpair()
    channel = wire.Channel(b)
    writer = threading.Thread(target=_write, args=(a, raw, end))
    writer.start()
    try:
        message, buffers = channel.receive(time.monotonic() + 2)
        return wire.Unpacker(buffers).unpack(message.get("v"))
    finally:
        channel.close()
        writer.join()
        a.close()


def _write(sock: socket.socket, raw: bytes, end: bool) -> None:
    with contextlib.suppress(OSError):
        sock.sendall(raw)
        if end:
            sock.shutdown(socket.SHUT_WR)


def frame(text: bytes, *buffers: bytes) -> bytes:
    sizes = struct.pack(f"<II{len(buffers)}Q", len(text), len(buffers), *map(len, buffers))
    return sizes + text + b"".join(buffers)


@OFTEN
@given(st.binary(max_size=200))
@example(b"")
@example(b"\xff" * 64)
def test_random_bytes_are_an_error(raw: bytes) -> None:
    with pytest.raises(wire.WireError):
        received(raw)


@settings(OFTEN, max_examples=200)
@given(plain | hnp.arrays(dtypes, (2, 3)), st.randoms(use_true_random=False))
def test_mutated_frames_are_a_value_or_an_error(value: Any, rng: random.Random) -> None:
    packer = wire.Packer()
    raw = bytearray(frame(json.dumps({"v": packer.pack(value)}).encode(), *map(bytes, packer.buffers)))
    for _ in range(rng.randint(1, 4)):
        place = rng.randrange(len(raw))
        raw[place : place + rng.randint(0, 2)] = rng.randbytes(rng.randint(0, 2))
    with contextlib.suppress(wire.WireError):
        received(bytes(raw))


names = st.sampled_from(
    "complex bytes tuple set frozenset dict array scalar objects frame series int floats ints handle tensor "
    "callback name list __class__ array\x00 é".split(" ")
)
odd_dtypes = st.sampled_from(
    "<f8 |b1 <U2 |S3 <M8[ns] |O O |V8 (1000000,)f8 i4,i4 M8[1000000000s] U0 S0 <U999999 ? b c f3 i3 ?8 M8 "
    "m8[25s] M8[ab] f16 c32 u1[s] ".split(" ")
)
leaves = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(-2, 3)
    | st.floats()
    | st.text(max_size=4)
    | odd_dtypes
)
trees = st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.fixed_dictionaries(
            {"$": names},
            optional={
                "v": inner,
                "i": st.integers(-1, 3) | inner,
                "t": odd_dtypes | inner,
                "s": st.lists(st.integers(-1, 3), max_size=3) | inner,
                "c": inner,
                "x": inner,
                "n": inner,
            },
        )
    ),
    max_leaves=25,
)


@settings(OFTEN, max_examples=400)
@given(trees, st.lists(st.binary(max_size=32), max_size=3))
def test_any_tree_is_a_value_or_an_error(tree: Any, buffers: list[bytes]) -> None:
    with contextlib.suppress(wire.WireError):
        wire.Unpacker([bytearray(raw) for raw in buffers]).unpack(tree)


EIGHT = bytes(8)
MALFORMED: dict[str, tuple[Any, list[bytes]]] = {
    "objects by dtype": ({"$": "array", "i": 0, "t": "O", "s": [1]}, [EIGHT]),
    "fields": ({"$": "array", "i": 0, "t": "i4,i4", "s": [1]}, [EIGHT]),
    "void": ({"$": "array", "i": 0, "t": "V8", "s": [1]}, [EIGHT]),
    "a shape in the dtype": ({"$": "array", "i": 0, "t": "(1000000,)f8", "s": [0]}, [b""]),
    "a giant unit": ({"$": "array", "i": 0, "t": "M8[1000000000s]", "s": [1]}, [EIGHT]),
    "a dtype that is no text": ({"$": "array", "i": 0, "t": 3, "s": [1]}, [EIGHT]),
    "a lying shape": ({"$": "array", "i": 0, "t": "f8", "s": [2]}, [EIGHT]),
    "a huge shape": ({"$": "array", "i": 0, "t": "f8", "s": [2**39, 2**39]}, [EIGHT]),
    "a huge shape of nothing": ({"$": "array", "i": 0, "t": "f8", "s": [2**39, 0]}, [b""]),
    "a huge shape of empty text": ({"$": "array", "i": 0, "t": "U0", "s": [2**33]}, [b""]),
    "a huge shape of empty bytes": ({"$": "array", "i": 0, "t": "S", "s": [2**33]}, [b""]),
    "a negative shape": ({"$": "array", "i": 0, "t": "f8", "s": [-1, -1]}, [EIGHT]),
    "a shape of booleans": ({"$": "array", "i": 0, "t": "f8", "s": [True]}, [EIGHT]),
    "a shape of floats": ({"$": "array", "i": 0, "t": "f8", "s": [1.0]}, [EIGHT]),
    "too many dimensions": ({"$": "array", "i": 0, "t": "f8", "s": [1] * 65}, [EIGHT]),
    "a negative index": ({"$": "array", "i": -1, "t": "f8", "s": [1]}, [EIGHT]),
    "a boolean index": ({"$": "array", "i": False, "t": "f8", "s": [1]}, [EIGHT]),
    "an index too far": ({"$": "bytes", "i": 1}, [EIGHT]),
    "a buffer used twice": ([{"$": "bytes", "i": 0}, {"$": "bytes", "i": 0}], [EIGHT]),
    "no code points": ({"$": "array", "i": 0, "t": "<U2", "s": [1]}, [b"\xff" * 8]),
    "half a number": ({"$": "floats", "i": 0}, [b"1234"]),
    "an unhashable key": ({"$": "dict", "v": [[[1], 2]]}, []),
    "an unhashable member": ({"$": "set", "v": [{"$": "dict", "v": []}]}, []),
    "a pair of three": ({"$": "dict", "v": [[1, 2, 3]]}, []),
    "an integer that is none": ({"$": "int", "v": "zz"}, []),
    "a long integer": ({"$": "int", "v": "0x" + "f" * 10**5}, []),
    "an integer of lists": ({"$": "int", "v": [1]}, []),
    "no tag": ({"v": 1}, []),
    "a tag that is no text": ({"$": ["int"]}, []),
    "an unknown tag": ({"$": "pickle", "v": ""}, []),
    "a method as tag": ({"$": "int_", "v": ""}, []),
    "too deep": (nested(200), []),
    "rows that do not agree": ({"$": "frame", "c": [1, 2], "v": [[1], [1, 2]], "x": [0]}, []),
    "columns with labels": (
        {"$": "frame", "c": [1], "v": [{"$": "dict", "v": [["a", 1]]}], "x": ["a"]},
        [],
    ),
    "objects with a lying shape": ({"$": "objects", "s": [5], "v": [1]}, []),
    "keys that collide": ({"$": "set", "v": [i * (2**61 - 1) for i in range(5000)]}, []),
}


@pytest.mark.parametrize("name", MALFORMED)
def test_malformed_values_are_an_error(name: str) -> None:
    tree, buffers = MALFORMED[name]
    with pytest.raises(wire.WireError):
        wire.Unpacker([bytearray(raw) for raw in buffers]).unpack(tree)


@pytest.mark.parametrize("name", [name for name in MALFORMED if "huge" in name or "collide" in name])
def test_a_claim_takes_neither_memory_nor_time(name: str) -> None:
    tree, buffers = MALFORMED[name]
    tracemalloc.start()
    started = time.monotonic()
    with pytest.raises(wire.WireError):
        wire.Unpacker([bytearray(raw) for raw in buffers]).unpack(tree)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 4 << 20
    assert time.monotonic() - started < 2


def test_many_keys_that_differ_are_fine() -> None:
    assert len(crossed({f"w{i}": i for i in range(50_000)})) == 50_000
    assert len(crossed({float(i) for i in range(50_000)})) == 50_000


@pytest.mark.parametrize(
    "text",
    [
        b'{"v": 1',
        b"[1]",
        b"1",
        b"",
        b"\xff\xfe{}",
        b'{"v": ' + b"[" * 10**6 + b"}",
        b'{"v": ' + b'{"$":' * 10**5,
        b'{"v": ' + b"9" * 10**5 + b"}",
    ],
    ids=["torn", "a list", "a number", "nothing", "no UTF-8", "deep lists", "deep tables", "long integer"],
)
def test_a_frame_without_a_message_is_an_error(text: bytes) -> None:
    with pytest.raises(wire.WireError):
        received(frame(text))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (b'{"v": NaN}', math.nan),
        (b'{"v": -Infinity}', -math.inf),
        (b'{"v": 1e999}', math.inf),
        (b'{"v": 1, "v": 2}', 2),
        (b'{"v": "\\ud800"}', "\ud800"),
    ],
)
def test_odd_json_is_plain_data(text: bytes, value: Any) -> None:
    assert same(received(frame(text)), value)


@pytest.mark.parametrize(
    "head",
    [
        struct.pack("<II", wire.MAX_JSON + 1, 0),
        struct.pack("<II", 2, wire.MAX_BUFFERS + 1),
        struct.pack("<IIQ", 2, 1, wire.MAX_BYTES + 1),
        struct.pack("<IIQQ", 2, 2, 2**64 - 1, 2**64 - 1),
        struct.pack("<IIQ", 2, 1, wire.MAX_BYTES) + b"{}",
        struct.pack("<II", wire.MAX_JSON, 0) + b"{",
    ],
    ids=["text", "buffers", "bytes", "overflow", "the largest buffer", "the largest text"],
)
def test_lying_sizes_take_no_memory(head: bytes) -> None:
    tracemalloc.start()
    with pytest.raises(wire.WireError):
        received(head)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 4 << 20


# ---------------------------------------------------------------- deadlines


def drip(sock: socket.socket, raw: bytes, stop: threading.Event) -> None:
    with contextlib.suppress(OSError):
        for byte in raw:
            sock.sendall(bytes([byte]))
            if stop.wait(0.05):
                return


def test_one_deadline_holds_for_a_frame_that_drips_in() -> None:
    a, b = socket.socketpair()
    stop = threading.Event()
    thread = threading.Thread(target=drip, args=(a, frame(b'{"v": "a long text, byte by byte"}'), stop))
    thread.start()
    started = time.monotonic()
    with pytest.raises(wire.TooLate):
        wire.Channel(b).receive(started + 0.4)
    assert 0.3 < time.monotonic() - started < 0.8
    stop.set()
    thread.join()
    a.close()
    b.close()


def test_a_deadline_that_is_over_is_told_at_once() -> None:
    with pair() as (one, other):
        one.send({}, [])
        with pytest.raises(wire.TooLate):
            other.receive(time.monotonic() - 1)
        with pytest.raises(wire.TooLate):
            other.send({}, [], time.monotonic() - 1)


def test_who_does_not_read_is_left_at_the_deadline() -> None:
    with pair() as (one, _):
        started = time.monotonic()
        with pytest.raises(wire.TooLate):
            one.send({}, [bytes(50 << 20)], started + 0.3)
        assert time.monotonic() - started < 0.8


def test_who_is_gone_is_told() -> None:
    with pair() as (one, other):
        other.close()
        with pytest.raises(wire.Closed):
            one.receive()
        with pytest.raises(wire.Closed):
            one.send({}, [bytes(1 << 20)])


def test_bytes_are_counted() -> None:
    with pair() as (one, other):
        one.send({"a": 1}, [b"123"])
        other.receive()
        assert other.received == len(frame(b'{"a":1}', b"123"))

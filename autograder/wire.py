"""Values over the border: frames on a socket, and the code that turns values into frames and back.

    frame   = lengths · JSON · raw buffers
    lengths = <JSON bytes: u32> <number of buffers: u32> <bytes of each buffer: u64 …>

The JSON is a tree in which what JSON has no form for is `{"$": tag, …}`; arrays are raw buffers with their
dtype and shape. Nothing is ever pickled, and every size is checked before memory is taken for it.

This file runs on both sides, so it imports the standard library only, and numpy and pandas only where the
value itself shows that they are there.
"""

from __future__ import annotations

import array
import json
import math
import re
import socket
import struct
import sys
import time
from collections.abc import Iterable
from typing import Any

MAX_JSON = 8 << 20
MAX_BUFFERS = 100_000
MAX_BYTES = 256 << 20
MAX_DEPTH = 60
MAX_NODES = 500_000
MAX_PACKED = 4_000_000
MAX_COLLISIONS = 200
MAX_INT_BITS = 4096
PACKED_FROM = 32

Tree = Any
Buffer = bytes | bytearray | memoryview

_DTYPE = re.compile(r"[<>|=]?[?biufcSUMm]\d{0,6}(\[\d{0,4}[a-zA-Zμ]{1,2}\])?")
_FRAME = struct.Struct("<II")


class WireError(Exception):
    """The frame, or the value in it, is not one this side accepts."""


class Closed(WireError):
    """The other side is gone."""


class TooLate(WireError):
    """The deadline passed before the frame was there."""


class NoValue(Exception):
    """A value is too large or too deep to cross; the text says which."""


class Channel:
    """Whole frames over one stream socket.

    Parameters
    ----------
    sock : socket.socket
        One end of a socket pair; the channel owns it from here on.

    Attributes
    ----------
    received : int
        Bytes received so far.
    """

    def __init__(self, sock: socket.socket) -> None:
        self._socket = sock
        self.received = 0

    def send(self, message: dict[str, Tree], buffers: list[Buffer], deadline: float | None = None) -> None:
        """Send one frame.

        Raises
        ------
        NoValue
            When the frame is larger than the other side would take; nothing was sent.
        TooLate, Closed
            When the other side does not read, or is gone.
        """
        text = json.dumps(message, separators=(",", ":")).encode()
        sizes = [len(buffer) for buffer in buffers]
        if len(text) > MAX_JSON or len(sizes) > MAX_BUFFERS or sum(sizes) > MAX_BYTES:
            raise NoValue(f"it is larger than {MAX_BYTES >> 20} MiB")
        head = _FRAME.pack(len(text), len(sizes)) + struct.pack(f"<{len(sizes)}Q", *sizes)
        self._write(head + text, deadline)
        for buffer in buffers:
            self._write(buffer, deadline)

    def receive(self, deadline: float | None = None) -> tuple[dict[str, Tree], list[bytearray]]:
        """Wait for one frame, until `deadline` (on `time.monotonic`'s clock) for all of it.

        Raises
        ------
        TooLate, Closed, WireError
            When it is not there in time, the other side is gone, or it is no frame.
        """
        text_size, count = _FRAME.unpack(self._read(_FRAME.size, deadline))
        if text_size > MAX_JSON or count > MAX_BUFFERS:
            raise WireError("the frame is too large")
        sizes = struct.unpack(f"<{count}Q", self._read(8 * count, deadline))
        if sum(sizes) > MAX_BYTES:
            raise WireError("the frame is too large")
        text = self._read(text_size, deadline)
        buffers = [self._read(size, deadline) for size in sizes]
        try:
            message = json.loads(bytes(text))
        except (ValueError, RecursionError) as error:
            raise WireError("the frame holds no JSON") from error
        if type(message) is not dict:
            raise WireError("the frame holds no message")
        return message, buffers

    def close(self) -> None:
        """Close this end."""
        self._socket.close()

    def _patience(self, deadline: float | None) -> None:
        if deadline is None:
            self._socket.settimeout(None)
            return
        left = deadline - time.monotonic()
        if left <= 0:
            raise TooLate("the deadline passed")
        self._socket.settimeout(left)

    def _write(self, data: Buffer, deadline: float | None) -> None:
        self._patience(deadline)
        try:
            self._socket.sendall(data)
        except TimeoutError as error:
            raise TooLate("the other side does not read") from error
        except OSError as error:
            raise Closed("the other side is gone") from error

    def _read(self, size: int, deadline: float | None) -> bytearray:
        """`size` bytes; room is made as they come, since a claimed size is only a claim."""
        data = bytearray()
        while (have := len(data)) < size:
            data.extend(bytes(min(size - have, max(have, 1 << 16))))
            with memoryview(data) as whole:
                self._fill(whole[have:], deadline)
        return data

    def _fill(self, view: memoryview, deadline: float | None) -> None:
        while view:
            self._patience(deadline)
            try:
                got = self._socket.recv_into(view)
            except TimeoutError as error:
                raise TooLate("the deadline passed") from error
            except OSError as error:
                raise Closed("the other side is gone") from error
            if not got:
                raise Closed("the other side is gone")
            view = view[got:]
            self.received += got


class Packer:
    """Turns values into a tree and buffers; one packer for each frame.

    A side says what it does with everything else by overriding `other`.
    """

    def __init__(self) -> None:
        self.buffers: list[Buffer] = []
        self._nodes = 0
        self._packed = 0

    def other(self, value: Any) -> Tree:
        """The tree of a value that this class has no form for."""
        raise NoValue(f"a {type(value).__name__} is no value")

    def pack(self, value: Any, depth: int = 0) -> Tree:
        """The tree of `value`; its arrays go to `buffers`."""
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise NoValue(f"it holds more than {MAX_NODES} values")
        if depth > MAX_DEPTH:
            raise NoValue(f"it is nested more than {MAX_DEPTH} deep")
        kind = type(value)
        if value is None or kind is bool or kind is str or kind is float:
            return value
        if kind is int:
            return self._integer(value)
        if kind is complex:
            return {"$": "complex", "v": [value.real, value.imag]}
        if kind in (bytes, bytearray):
            return {"$": "bytes", "i": self._buffer(bytes(value))}
        if kind is list:
            return self._list(value, depth)
        if isinstance(value, tuple):
            return {"$": "tuple", "v": self._all(value, depth)}
        if kind is set or kind is frozenset:
            return {"$": kind.__name__, "v": self._all(value, depth)}
        if isinstance(value, dict):
            return {"$": "dict", "v": [self._all(item, depth) for item in value.items()]}
        tree = self._numpy(value, depth) or self._pandas(value, depth)
        return self.other(value) if tree is None else tree

    def array(self, value: Any) -> dict[str, Tree]:
        """Dtype, shape and buffer of a numpy array of numbers, text, bytes or dates."""
        import numpy as np

        shape = list(value.shape)
        flat = np.ascontiguousarray(value).reshape(-1)
        raw = flat.view(np.uint8).data if flat.nbytes else b""
        return {"i": self._buffer(raw), "t": value.dtype.str, "s": shape}

    def _all(self, values: Iterable[Any], depth: int) -> list[Tree]:
        return [self.pack(value, depth + 1) for value in values]

    def _buffer(self, raw: Buffer) -> int:
        self.buffers.append(raw)
        return len(self.buffers) - 1

    def _integer(self, value: int) -> Tree:
        if abs(value) < 2**63:
            return value
        if value.bit_length() > MAX_INT_BITS:
            raise NoValue("it holds an integer with more than a thousand digits")
        return {"$": "int", "v": hex(value)}

    def _list(self, values: list[Any], depth: int) -> Tree:
        if len(values) >= PACKED_FROM:
            kinds = set(map(type, values))
            if kinds <= {float, int}:
                self._packed += len(values)
            if self._packed > MAX_PACKED:
                raise NoValue(f"its lists hold more than {MAX_PACKED} numbers")
            if kinds == {float}:
                return {"$": "floats", "i": self._buffer(array.array("d", values).tobytes())}
            if kinds == {int} and min(values) >= -(2**63) and max(values) < 2**63:
                return {"$": "ints", "i": self._buffer(array.array("q", values).tobytes())}
        return self._all(values, depth)

    def _numpy(self, value: Any, depth: int) -> Tree | None:
        np = sys.modules.get("numpy")
        if np is None:
            return None
        if isinstance(value, np.ndarray) and value.dtype.kind in "?biufcSUMm":
            return {"$": "array", **self.array(value)}
        if isinstance(value, np.ndarray) and value.dtype.kind == "O":
            return {"$": "objects", "s": list(value.shape), "v": self._all(value.ravel().tolist(), depth)}
        if isinstance(value, np.generic) and value.dtype.kind in "?biufcSUMm":
            cell = np.asarray(value)
            return {"$": "scalar", "t": cell.dtype.str, "v": cell.tobytes().hex()}
        return None

    def _pandas(self, value: Any, depth: int) -> Tree | None:
        pd = sys.modules.get("pandas")
        if pd is None:
            return None
        if isinstance(value, pd.DataFrame):
            columns = [value.iloc[:, i] for i in range(value.shape[1])]
            return {
                "$": "frame",
                "c": self._all(value.columns.tolist(), depth),
                "v": [self._column(column, depth) for column in columns],
                "x": self._column(value.index.to_series(), depth),
            }
        if isinstance(value, pd.Series):
            return {
                "$": "series",
                "n": self.pack(value.name, depth + 1),
                "v": self._column(value, depth),
                "x": self._column(value.index.to_series(), depth),
            }
        if isinstance(value, pd.Index):
            return self.pack(value.to_numpy(), depth + 1)
        if isinstance(value, pd.Timestamp | pd.Timedelta | type(pd.NaT)):
            return self.pack(value.to_numpy(), depth + 1)
        return None

    def _column(self, column: Any, depth: int) -> Tree:
        """An index or a column as an array, else as a list; times of a zone become UTC."""
        if getattr(column.dtype, "tz", None) is not None:
            column = column.dt.tz_convert(None)
        values = column.to_numpy()
        if values.dtype.kind in "?biufcMm":
            return self.pack(values, depth + 1)
        pd = sys.modules["pandas"]
        return self._all([None if item is pd.NA else item for item in column.tolist()], depth)


class Unpacker:
    """Turns a tree and its buffers back into values, trusting neither.

    A side says what its own tags mean by overriding `tagged`.
    """

    def __init__(self, buffers: list[bytearray]) -> None:
        self._buffers: list[bytearray | None] = list(buffers)
        self._nodes = 0
        self._packed = 0

    def tagged(self, tag: str, node: dict[str, Tree]) -> Any:
        """The value of a tag that this class does not know."""
        raise WireError("unknown tag")

    def unpack(self, tree: Tree) -> Any:
        """The value of `tree`.

        Raises
        ------
        WireError
            Whatever is wrong with it.
        """
        try:
            return self._value(tree, 0)
        except WireError:
            raise
        except Exception as error:  # numpy and pandas raise whatever they like on malformed input
            raise WireError("the value is malformed") from error

    def array(self, node: dict[str, Tree]) -> Any:
        """The numpy array of a node made by `Packer.array`."""
        return self._array(node["t"], self._shape(node["s"]), self._raw(node["i"]))

    def _array(self, name: Tree, shape: tuple[int, ...], raw: bytearray) -> Any:
        import numpy as np

        if type(name) is not str or not _DTYPE.fullmatch(name):
            raise WireError("the array's dtype is not one that may cross")
        dtype = np.dtype(name)
        if not dtype.itemsize:
            raise WireError("the array's dtype has no size")
        if math.prod(shape) * dtype.itemsize != len(raw):
            raise WireError("the array's buffer and shape do not agree")
        if dtype.kind == "b":
            return (np.frombuffer(raw, np.uint8) != 0).reshape(shape)
        if not raw:
            return np.zeros(shape, dtype)
        if dtype.kind == "U" and np.frombuffer(raw, dtype.str[0] + "u4").max() > sys.maxunicode:
            raise WireError("the array holds text that is no text")
        return np.frombuffer(raw, dtype).reshape(shape)

    def _value(self, tree: Tree, depth: int) -> Any:
        self._nodes += 1
        if depth > MAX_DEPTH + 5 or self._nodes > 2 * MAX_NODES:
            raise WireError("the value is too deep or too large")
        if type(tree) is list:
            return [self._value(item, depth + 1) for item in tree]
        if type(tree) is not dict:
            return tree
        tag = tree["$"]
        if type(tag) is not str:
            raise WireError("unknown tag")
        plain = getattr(self, f"_tag_{tag}", None) if tag.isidentifier() else None
        return plain(tree, depth) if plain else self.tagged(tag, tree)

    def _raw(self, index: Tree) -> bytearray:
        """A buffer; each can be had once, so that a short tree cannot stand for a huge value."""
        if type(index) is not int or not 0 <= index < len(self._buffers):
            raise WireError("the value names no buffer")
        raw, self._buffers[index] = self._buffers[index], None
        if raw is None:
            raise WireError("the value names a buffer twice")
        return raw

    @staticmethod
    def _shape(shape: Tree) -> tuple[int, ...]:
        if type(shape) is not list or len(shape) > 32 or any(type(n) is not int or n < 0 for n in shape):
            raise WireError("the array's shape is none")
        if math.prod(n for n in shape if n) > MAX_BYTES:
            raise WireError("the array's shape is too large")
        return tuple(shape)

    def _all(self, trees: Tree, depth: int) -> list[Any]:
        if type(trees) is not list:
            raise WireError("the value is malformed")
        return [self._value(tree, depth + 1) for tree in trees]

    def _tag_int(self, node: dict[str, Tree], depth: int) -> int:
        if len(node["v"]) > MAX_INT_BITS // 4 + 3:
            raise WireError("the integer is too long")
        return int(node["v"], 16)

    def _tag_complex(self, node: dict[str, Tree], depth: int) -> complex:
        real, imag = node["v"]
        return complex(float(real), float(imag))

    def _tag_bytes(self, node: dict[str, Tree], depth: int) -> bytes:
        return bytes(self._raw(node["i"]))

    def _tag_floats(self, node: dict[str, Tree], depth: int) -> list[float]:
        return self._numbers("d", node)

    def _tag_ints(self, node: dict[str, Tree], depth: int) -> list[int]:
        return self._numbers("q", node)

    def _numbers(self, kind: str, node: dict[str, Tree]) -> list[Any]:
        numbers = array.array(kind)
        numbers.frombytes(self._raw(node["i"]))
        self._packed += len(numbers)
        if self._packed > MAX_PACKED:
            raise WireError("the value is too large")
        return numbers.tolist()

    def _tag_tuple(self, node: dict[str, Tree], depth: int) -> tuple[Any, ...]:
        return tuple(self._all(node["v"], depth))

    def _tag_set(self, node: dict[str, Tree], depth: int) -> set[Any]:
        return set(_hashable(self._all(node["v"], depth)))

    def _tag_frozenset(self, node: dict[str, Tree], depth: int) -> frozenset[Any]:
        return frozenset(_hashable(self._all(node["v"], depth)))

    def _tag_dict(self, node: dict[str, Tree], depth: int) -> dict[Any, Any]:
        pairs = [self._all(pair, depth) for pair in node["v"]]
        keys = _hashable([key for key, _ in pairs])
        return dict(zip(keys, (value for _, value in pairs), strict=True))

    def _tag_array(self, node: dict[str, Tree], depth: int) -> Any:
        return self.array(node)

    def _tag_scalar(self, node: dict[str, Tree], depth: int) -> Any:
        return self._array(node["t"], (), bytearray.fromhex(node["v"]))[()]

    def _tag_objects(self, node: dict[str, Tree], depth: int) -> Any:
        import numpy as np

        values = self._all(node["v"], depth)
        shape = self._shape(node["s"])
        if math.prod(shape) != len(values):
            raise WireError("the array's values and shape do not agree")
        result = np.empty(len(values), object)
        for i, value in enumerate(values):
            result[i] = value
        return result.reshape(shape)

    def _tag_frame(self, node: dict[str, Tree], depth: int) -> Any:
        import pandas as pd

        names = pd.Index(self._all(node["c"], depth), tupleize_cols=False)
        index = pd.Index(self._column(node["x"], depth))
        columns = [self._column(column, depth) for column in node["v"]]
        if len(columns) != len(names) or any(len(column) != len(index) for column in columns):
            raise WireError("the frame's columns do not agree")
        frame = pd.DataFrame(dict(enumerate(columns)), index=index)
        frame.columns = names
        return frame

    def _tag_series(self, node: dict[str, Tree], depth: int) -> Any:
        import pandas as pd

        name = self._value(node["n"], depth + 1)
        index = pd.Index(self._column(node["x"], depth))
        return pd.Series(self._column(node["v"], depth), index=index, name=name)

    def _column(self, tree: Tree, depth: int) -> Any:
        """A list or an array of one dimension; pandas would align or repeat anything else."""
        column = self._value(tree, depth + 1)
        if type(column) is not list and getattr(column, "ndim", 0) != 1:
            raise WireError("a column is no list")
        return column


def _hashable(keys: list[Any]) -> list[Any]:
    """Keys whose hashes differ enough: a table of colliding ones takes hours to fill."""
    hashes = sorted(map(hash, keys))
    if any(a == b for a, b in zip(hashes, hashes[MAX_COLLISIONS:], strict=False)):
        raise WireError("the value's keys are too alike")
    return keys

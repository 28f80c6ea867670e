"""The student's notebook as a grader sees it: call its functions, read its names, hold its objects.

Nothing here believes the guest: values arrive as plain data and are judged on this side; what cannot be a
value arrives as a `Handle`, whose type names are claims.
"""

from __future__ import annotations

import contextlib
import inspect
import itertools
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from autograder import wire
from autograder.errors import AutograderError, BadReply, CheckFailed, GuestStopped
from autograder.kernel import Kernel

_NUMBERS = itertools.count(1)
"""Numbers of functions that were passed in; none is ever used again, so a kept one is never another's."""


MOST_STOPPED_CALLS = 2
"""A function that did not come back, or ended its process, so often is not called again."""


class Array(np.ndarray[Any, Any]):
    """A tensor that came back, as a numpy array.

    Attributes
    ----------
    library : str
        "torch" or "tensorflow", as the guest says.
    dtype_name : str
        Its dtype there, such as "torch.bfloat16" (which arrives as float32).
    requires_grad : bool
        Whether it was part of a graph (torch) or a variable (tensorflow).
    """

    library: str
    dtype_name: str
    requires_grad: bool

    def __array_finalize__(self, source: object) -> None:
        self.library = getattr(source, "library", "")
        self.dtype_name = getattr(source, "dtype_name", "")
        self.requires_grad = getattr(source, "requires_grad", False)


class _Tensor:
    """An array that becomes a tensor in the guest."""

    library = ""

    def __init__(self, values: Any, requires_grad: bool = False) -> None:
        self.values = np.asarray(values)
        self.requires_grad = requires_grad


class Torch(_Tensor):
    """Sends an array as a `torch.Tensor` of the same dtype and shape."""

    library = "torch"


class TensorFlow(_Tensor):
    """Sends an array as a `tf.Tensor`; with `requires_grad`, as a `tf.Variable`."""

    library = "tensorflow"


class Handle:
    """An object that stays in the guest: its methods run there.

    Attributes
    ----------
    types : tuple[str, ...]
        Names of its classes, most special first, as the guest claims.
    callable : bool
        Whether it can be called, as the guest claims.
    """

    __iter__ = None

    def __bool__(self) -> bool:
        return True

    def __init__(self, student: Student, number: int, types: tuple[str, ...], is_callable: bool) -> None:
        self._student = student
        self._number = number
        self._epoch = student._kernel.epoch
        self.types = types
        self.callable = is_callable

    def __getattr__(self, name: str) -> Callee:
        if name.startswith("__"):
            raise AttributeError(name)
        return Callee(self._student, (name,), self)

    def __call__(self, *arguments: Any, **keywords: Any) -> Any:
        """Call the object itself."""
        return self._student._call((), self, arguments, keywords)

    def __getitem__(self, index: Any) -> Any:
        message = {"op": "item", "h": self._id()}
        return self._student._ask(message, index, "Indexing the result")

    def get(self, name: str) -> Any:
        """The value of an attribute, or a handle to it."""
        message = {"op": "name", "h": self._id(), "path": [name], "hold": False}
        return self._student._ask(message, None, f"Reading `.{name}`")

    def hold(self, name: str) -> Handle:
        """A handle to an attribute, whatever it is."""
        message = {"op": "name", "h": self._id(), "path": [name], "hold": True}
        return self._student._held(message, None, f"Reading `.{name}`")

    def first(self, n: int) -> Any:
        """A list of its first `n` items, or of the next ones of an iterator; fewer when there are no more."""
        return self._student._ask({"op": "items", "h": self._id(), "n": n}, None, "Iterating over the result")

    def __len__(self) -> int:
        size = self._student._ask({"op": "length", "h": self._id()}, None, "Taking the length of the result")
        if type(size) is not int or not 0 <= size < 2**63:
            raise BadReply("The length of the result is no length.")
        return size

    def __repr__(self) -> str:
        return f"<student's {wire_text(self.types[0] if self.types else '?')}>"

    def _id(self) -> int:
        if self._epoch != self._student._kernel.epoch:
            raise GuestStopped("The object is gone with the process that held it.")
        return self._number


class Callee:
    """A function of the student, or a method of something that the student returned."""

    def __init__(self, student: Student, path: tuple[str, ...], owner: Handle | None = None) -> None:
        self._student = student
        self._path = path
        self._owner = owner

    def __getattr__(self, name: str) -> Callee:
        if name.startswith("__"):
            raise AttributeError(name)
        return Callee(self._student, (*self._path, name), self._owner)

    def __call__(self, *arguments: Any, **keywords: Any) -> Any:
        """Call it in the guest; the result comes back as a value or a handle."""
        return self._student._call(self._path, self._owner, arguments, keywords)

    def handle(self, *arguments: Any, **keywords: Any) -> Handle:
        """Call it in the guest; the result stays there whatever it is."""
        result = self._student._call(self._path, self._owner, arguments, keywords, hold=True)
        assert isinstance(result, Handle)
        return result


class Student:
    """The notebook of a student, after it has run.

    `student.f(x)` calls its function `f`; `student["name"]` is the value of a global.
    """

    def __init__(self, kernel: Kernel, given: Mapping[str, Any] | None = None) -> None:
        self._kernel = kernel
        self._given = dict(given or {})
        self._callbacks: dict[int, Callable[..., Any]] = {}
        self._callback_errors: list[Exception] = []
        self._printed = ""

    def __getattr__(self, name: str) -> Callee:
        if name.startswith("__"):
            raise AttributeError(name)
        return Callee(self, (name,))

    def __getitem__(self, name: str) -> Any:
        message = {"op": "name", "path": [name], "hold": False}
        return self._ask(message, None, f"Reading `{name}`")

    def has(self, name: str) -> bool:
        """Whether the notebook defines `name`."""
        return self._ask({"op": "has", "name": name}, None, f"Looking for `{name}`") is True

    def kit(self, source: str) -> Handle:
        """Run helper source of the grader in a namespace of its own in the guest.

        Student code shares the process, so the source must hold no secret and its results are claims.
        """
        return self._held({"op": "kit", "source": source}, None, "Preparing the check")

    def given(self, **names: Any) -> Student:
        """The same notebook, in whose calls these names stand for the grader's values or functions.

        For a question that builds on an earlier one: `student.given(fit_line=reference.fit_line)`.
        """
        return Student(self._kernel, names)

    @contextlib.contextmanager
    def fresh(self, hash_seed: int = 0) -> Iterator[Student]:
        """A new process in which the same notebook has run again."""
        with self._kernel.again(hash_seed) as kernel:
            kernel.run()
            yield Student(kernel)

    @property
    def printed(self) -> str:
        """What the last call printed."""
        return self._printed

    def _call(
        self,
        path: tuple[str, ...],
        owner: Handle | None,
        arguments: tuple[Any, ...],
        keywords: dict[str, Any],
        hold: bool = False,
    ) -> Any:
        message = {"op": "call", "path": list(path), "hold": hold, "h": owner._id() if owner else None}
        name = f"`{'.'.join(path)}`" if path else "Calling the result"
        values = [list(arguments), keywords, self._given]
        which = (*path, *sorted(self._given))
        stops = self._kernel.stopped_calls[which]
        if len(stops) >= MOST_STOPPED_CALLS:
            raise type(stops[-1])(f"{stops[-1]} This happened before, so it was not called again.")
        try:
            return self._held(message, values, name) if hold else self._ask(message, values, name)
        except GuestStopped as error:
            stops.append(error)
            raise

    def _held(self, message: dict[str, Any], values: Any, call: str) -> Handle:
        result = self._ask(message, values, call)
        if not isinstance(result, Handle):
            raise BadReply(f"{call} did not answer as it should.")
        return result

    def _ask(self, message: dict[str, Any], values: Any, call: str) -> Any:
        packer = _Packer(self)
        self._callback_errors.clear()
        try:
            if values is not None:
                message = {**message, "args": packer.pack(values)}
            reply, buffers = self._kernel.exchange(message, packer.buffers, call, self._call_back)
            result = self._unpack(reply["ok"], buffers, call)
        except AutograderError as error:
            raise (*self._callback_errors, error)[0] from None
        finally:
            self._printed = _printed(self._kernel.messages)
            self._callbacks.clear()
        if self._callback_errors:
            raise self._callback_errors[0]
        return result

    def _unpack(self, tree: Any, buffers: list[bytearray], call: str) -> Any:
        try:
            return _Unpacker(buffers, self).unpack(tree)
        except wire.WireError as error:
            raise BadReply(f"{call} answered with something that is no value: {error}.") from error

    def _call_back(self, frame: dict[str, Any], buffers: list[bytearray]) -> tuple[dict[str, Any], list[Any]]:
        """Run a function of the grader that student code called; what it raises comes out of the call."""
        number = frame["call"]
        function = self._callbacks.get(number) if type(number) is int else None
        if function is None:  # kept from an earlier call, or made up
            return {"refused": True}, []
        values = _Unpacker(buffers, self).unpack(frame.get("args"))
        packer = _Packer(self)
        try:
            return {"answer": packer.pack(_apply(function, values))}, packer.buffers
        except Exception as error:  # noqa: BLE001 - student code may catch whatever it sees of this
            self._callback_errors.append(error)
        return {"refused": True}, []


def _apply(function: Callable[..., Any], values: Any) -> Any:
    """Call a function of the grader with what student code passed to it."""
    name = getattr(function, "__name__", "the function").strip("_<>")
    if not _fits(function, values):
        raise CheckFailed(f"`{name}`, which was passed in, was called with the wrong arguments.")
    arguments, keywords = values
    try:
        return function(*arguments, **keywords)
    except (AutograderError, AssertionError):
        raise
    except Exception as error:
        raise CheckFailed(
            f"`{name}`, which was passed in, was called with values that it cannot work with."
        ) from error


def _fits(function: Callable[..., Any], values: Any) -> bool:
    """Whether these are arguments that the function can be called with."""
    if type(values) is not list or [type(part) for part in values] != [list, dict]:
        return False
    arguments, keywords = values
    try:
        inspect.signature(function).bind(*arguments, **keywords)
    except TypeError:
        return False
    except ValueError:  # functions written in C need not have a signature
        return all(type(key) is str for key in keywords)
    return True


class _Packer(wire.Packer):
    """Values of the grader: tensors as asked for, handles by number, functions as callbacks."""

    def __init__(self, student: Student) -> None:
        super().__init__()
        self._student = student

    def other(self, value: Any) -> Any:
        if isinstance(value, _Tensor):
            about = {"library": value.library, "grad": value.requires_grad}
            return {"$": "tensor", **about, **self.array(value.values)}
        if isinstance(value, Handle):
            return {"$": "handle", "h": self._number(value)}
        if isinstance(value, Callee):
            owner = self._number(value._owner) if value._owner else None
            return {"$": "name", "path": list(value._path), "h": owner}
        if isinstance(value, slice):
            return {"$": "slice", "v": [self.pack(part) for part in (value.start, value.stop, value.step)]}
        if callable(value):
            number = next(_NUMBERS)
            self._student._callbacks[number] = value
            return {"$": "callback", "c": number}
        raise TypeError(f"a {type(value).__name__} cannot be sent to the student's process")

    def _number(self, handle: Handle) -> int:
        if handle._student._kernel is not self._student._kernel:
            raise TypeError(f"{handle!r} is an object of another process")
        return handle._id()


class _Unpacker(wire.Unpacker):
    """Values of the guest: tensors become arrays, handles become `Handle`."""

    def __init__(self, buffers: list[bytearray], student: Student) -> None:
        super().__init__(buffers)
        self._student = student

    def tagged(self, tag: str, node: dict[str, Any]) -> Any:
        if tag == "tensor":
            array = self.array(node).view(Array)
            array.library = wire_text(node["library"])
            array.dtype_name = wire_text(node["dtype"])
            array.requires_grad = node["grad"] is True
            return array
        if tag == "handle":
            if type(node["h"]) is not int:
                raise wire.WireError("a handle without a number")
            types = tuple(wire_text(name) for name in node["types"][:32])
            return Handle(self._student, node["h"], types, node["callable"] is True)
        return super().tagged(tag, node)


def wire_text(text: Any, length: int = 200) -> str:
    """Text of the guest, short and without anything that a terminal would act on."""
    return ascii(str(text)[:length])[1:-1]


def _printed(messages: list[tuple[str, dict[str, Any]]]) -> str:
    texts = (content.get("text") for kind, content in messages if kind == "stream")
    return "".join(text for text in texts if type(text) is str)

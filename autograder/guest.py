"""What runs beside student code: a Jupyter kernel without sockets that answers one channel.

Started as `python guest.py FD`, where FD is the guest's end of a socket pair. The first frame says what to
give up (limits, user); from then on the other side asks and this one answers:

    cell   run a notebook cell; its Jupyter messages go out as they come, then the reply
    call   call a function or a method; its printed output goes out the same way
    name   has   item   items   length   kit

Nothing here is trusted by the other side, and nothing here is secret: student code shares this process and
may change any of it. It can lie only by answering, and the answer is what is marked.
"""

from __future__ import annotations

import asyncio
import builtins
import contextlib
import inspect
import io
import itertools
import json
import linecache
import logging
import os
import signal
import socket
import sys
import threading
import time
import traceback
import types
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from autograder import wire
else:
    import wire

    sys.path.pop(0)  # this folder's modules are not the student's to import

FLUSH_EVERY_S = 0.1
FLUSH_EVERY_CHARACTERS = 8192
KIT_FILE = "<helper of the grader>"


class TimeUp(BaseException):
    """Raised in student code when its time is over; a BaseException, so `except Exception` lets it pass."""


class Refused(Exception):
    """The grader's own function, called by student code, raised."""


class Stopwatch:
    """Raises `TimeUp` in the main thread when a request runs too long, but never inside a frame."""

    def __init__(self) -> None:
        self.expired = False
        self._guarded = 0
        self._thread = threading.get_ident()

    def __enter__(self) -> None:
        self._count(1)

    def __exit__(self, *_: object) -> None:
        self._count(-1)

    def _count(self, change: int) -> None:
        if threading.get_ident() == self._thread:  # the only one that signals interrupt
            self._guarded += change

    @contextlib.contextmanager
    def running(self, seconds: float) -> Iterator[None]:
        self.expired = False
        signal.signal(signal.SIGALRM, self._ring)
        signal.setitimer(signal.ITIMER_REAL, seconds, 0.05)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)

    def _ring(self, *_: object) -> None:
        if self._guarded:
            return  # the timer rings again
        signal.setitimer(signal.ITIMER_REAL, 0)
        self.expired = True
        raise TimeUp("time is up")


class Line:
    """The channel as student threads may use it: one frame at a time, and only from this process."""

    def __init__(self, channel: wire.Channel, stopwatch: Stopwatch) -> None:
        self._channel = channel
        self._stopwatch = stopwatch
        self._lock = threading.RLock()
        self._pid = os.getpid()
        self._request: int | None = None

    @property
    def ours(self) -> bool:
        """False in a process that student code forked."""
        return os.getpid() == self._pid

    def send(self, message: dict[str, Any], buffers: list[wire.Buffer]) -> None:
        with self._stopwatch, self._lock:
            self._channel.send(message, buffers)

    def receive(self) -> tuple[dict[str, Any], list[bytearray]]:
        """Wait for the next request."""
        frame = self._channel.receive()
        self._request = frame[0].get("id")
        return frame

    def answer(self, message: dict[str, Any], buffers: list[wire.Buffer]) -> None:
        """Answer the request; from here on nobody can call back."""
        with self._stopwatch, self._lock:
            self._request = None
            self._channel.send(message, buffers)

    def ask(
        self, request: int | None, message: dict[str, Any], buffers: list[wire.Buffer]
    ) -> tuple[dict[str, Any], list[bytearray]]:
        """Send a frame and wait for its answer; for calls back to the grader during one request."""
        if not self.ours:
            raise Refused("the function that was passed in cannot be called in another process")
        with self._stopwatch, self._lock:
            if request is None or request != self._request:
                raise Refused("the function that was passed in was kept and called later")
            self._channel.send(message, buffers)
            return self._channel.receive()

    @property
    def request(self) -> int | None:
        """The request that is being answered."""
        return self._request

    def publish(self, kind: str, content: dict[str, Any]) -> None:
        """Send one Jupyter message out."""
        if not self.ours:
            return
        plain = json.loads(json.dumps(content, default=str))
        self.send({"out": kind, "content": plain}, [])


class Stream(io.TextIOBase):
    """`sys.stdout` or `sys.stderr`: what is written becomes stream messages."""

    encoding = "utf-8"
    errors = "replace"

    def __init__(self, line: Line, name: str, descriptor: int) -> None:
        self.name = name
        self._line = line
        self._descriptor = descriptor
        self._lock = threading.RLock()
        self._waiting: list[str] = []
        self._size = 0
        self._since = time.monotonic()

    def fileno(self) -> int:
        return self._descriptor

    def isatty(self) -> bool:
        return False

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        if not self._line.ours:
            os.write(self._descriptor, text.encode(errors="replace"))
            return len(text)
        with self._lock:
            if not self._waiting:
                self._since = time.monotonic()
            self._waiting.append(text)
            self._size += len(text)
            due = time.monotonic() - self._since > FLUSH_EVERY_S
        if due or self._size > FLUSH_EVERY_CHARACTERS:
            self.flush()
        return len(text)

    def flush(self) -> None:
        if not self._line.ours:
            return
        with self._lock:
            text = "".join(self._waiting)
            self._waiting.clear()
            self._size = 0
            if text:
                self._line.publish("stream", {"name": self.name, "text": text})


class Pipe:
    """Catches what is written to a file descriptor directly, by C code or child processes."""

    def __init__(self, descriptor: int, stream: Stream) -> None:
        self._source, sink = os.pipe()
        os.dup2(sink, descriptor)
        os.close(sink)
        self._stream = stream
        self._idle = threading.Event()
        threading.Thread(target=self._pump, daemon=True).start()

    def _pump(self) -> None:
        while data := os.read(self._source, 1 << 16):
            self._idle.clear()
            self._stream.write(data.decode(errors="replace"))
            self._stream.flush()
            self._idle.set()

    def drain(self, patience_s: float = 0.2) -> None:
        """Wait until everything that was written has been taken."""
        import fcntl
        import termios

        end = time.monotonic() + patience_s
        waiting = bytearray(4)
        while time.monotonic() < end:
            fcntl.ioctl(self._source, termios.FIONREAD, waiting)
            if not any(waiting):
                return
            time.sleep(0.001)


class GuestPacker(wire.Packer):
    """Values of the guest: tensors go as arrays, everything else stays here as a handle."""

    def __init__(self, handles: dict[int, Any]) -> None:
        super().__init__()
        self._handles = handles

    def other(self, value: Any) -> Any:
        try:
            return self._tensor(value) or self.handle(value)
        except Exception:  # a tensor without values, or one that is none
            return self.handle(value)

    def handle(self, value: Any) -> Any:
        number = len(self._handles) + 1
        self._handles[number] = value
        return {"$": "handle", "h": number, "types": class_names(value), "callable": callable(value)}

    def _tensor(self, value: Any) -> Any:
        torch = sys.modules.get("torch")
        if torch is not None and isinstance(value, torch.Tensor) and value.layout == torch.strided:
            plain = value.detach().cpu().resolve_conj().resolve_neg()
            if plain.dtype in (torch.bfloat16, torch.float16):
                plain = plain.float()
            about = {"dtype": str(value.dtype), "grad": bool(value.requires_grad)}
            return {"$": "tensor", "library": "torch", **about, **self.array(plain.numpy())}
        tf = sys.modules.get("tensorflow")
        if tf is not None and isinstance(value, tf.Tensor | tf.Variable):
            return self._tensorflow(tf, value, isinstance(value, tf.Variable))
        keras = sys.modules.get("keras")
        if keras is not None and isinstance(value, getattr(keras, "Variable", ())):
            return self._tensorflow(tf, value, True) if tf is not None else None
        return None

    def _tensorflow(self, tf: Any, value: Any, variable: bool) -> Any:
        if not hasattr(value, "numpy"):
            return None
        plain = tf.convert_to_tensor(value)
        if plain.dtype == tf.string:
            return self.pack(plain.numpy())
        name = plain.dtype.name
        if name in ("bfloat16", "half", "float16"):
            plain = tf.cast(plain, tf.float32)
        about = {"dtype": name, "grad": variable}
        return {"$": "tensor", "library": "tensorflow", **about, **self.array(plain.numpy())}


class GuestUnpacker(wire.Unpacker):
    """Values of the grader: tensors are made here, handles are looked up, its functions become callables."""

    def __init__(self, buffers: list[bytearray], guest: Guest) -> None:
        super().__init__(buffers)
        self._guest = guest

    def unpack(self, tree: wire.Tree) -> Any:
        """The value; the grader is trusted, so what goes wrong, as a missing name, comes out as it is."""
        return self._value(tree, 0)

    def tagged(self, tag: str, node: dict[str, Any]) -> Any:
        if tag == "handle":
            return self._guest.handles[node["h"]]
        if tag == "callback":
            return self._guest.callback(node["c"])
        if tag == "name":
            return self._guest.target(node)
        if tag == "slice":
            return slice(*self._all(node["v"], 0))
        if tag == "tensor" and node["library"] == "torch":
            import torch

            return torch.from_numpy(self.array(node).copy()).requires_grad_(node["grad"])
        if tag == "tensor" and node["library"] == "tensorflow":
            import tensorflow as tf

            values = self.array(node)
            return tf.Variable(values) if node["grad"] else tf.constant(values)
        return super().tagged(tag, node)


def class_names(value: Any) -> list[str]:
    """Names of the classes of `value`, from the most special one on."""
    try:
        return [f"{c.__module__}.{c.__qualname__}"[:200] for c in type(value).__mro__[:32]]
    except Exception:  # a class may lie about everything
        return ["?"]


class Guest:
    """The kernel, its namespace, and what the grader holds on to."""

    def __init__(self, line: Line, stopwatch: Stopwatch, kernel: Any) -> None:
        self.handles: dict[int, Any] = {}
        self._line = line
        self._stopwatch = stopwatch
        self._streams = [Stream(line, "stdout", 1), Stream(line, "stderr", 2)]
        self._loop = asyncio.new_event_loop()
        asyncio.set_event_loop(self._loop)
        self._kernel = kernel
        kernel.session.publish = line.publish
        self._pipes = [Pipe(stream.fileno(), stream) for stream in self._streams]
        sys.stdout, sys.stderr = self._streams
        self.namespace: dict[str, Any] = self._kernel.shell.user_ns

    def serve(self) -> None:
        """Answer until the other side is gone."""
        while True:
            request, buffers = self._line.receive()
            operation = getattr(self, f"do_{request['op']}")
            try:
                with self._stopwatch.running(request["seconds"]):
                    answer = operation(request, GuestUnpacker(buffers, self))
            except BaseException as error:  # whatever student code raises is an answer
                answer = {"err": self._describe(error)}, []
            if not self._line.ours:
                os._exit(1)  # student code forked and let the copy run on: it has nothing to answer
            self._answer(request, *answer)

    def _answer(self, request: dict[str, Any], message: dict[str, Any], buffers: list[wire.Buffer]) -> None:
        self._flush()
        message["id"] = request["id"]
        try:
            self._line.answer(message, buffers)
        except wire.NoValue as reason:
            self._line.send({"id": request["id"], "err": {"kind": "unsendable", "text": str(reason)}}, [])

    def _flush(self) -> None:
        for stream, pipe in zip(self._streams, self._pipes, strict=True):
            with contextlib.suppress(Exception):
                stream.flush()
                pipe.drain()

    def do_cell(self, request: dict[str, Any], _: GuestUnpacker) -> Any:
        """Run one cell as a Jupyter kernel does."""
        execution = self._kernel.do_execute(request["source"], False, allow_stdin=False)
        reply = self._loop.run_until_complete(execution)
        self._flush()
        if self._stopwatch.expired:
            return {"err": {"kind": "timed_out"}}, []
        if reply["status"] == "ok":
            return {"ok": None}, []
        result = self._kernel.shell.last_execution_result
        error = result.error_before_exec or result.error_in_exec
        if error is None:
            error = RuntimeError("the cell's result could not be shown")
        return {"err": self._describe(error)}, []

    def do_call(self, request: dict[str, Any], values: GuestUnpacker) -> Any:
        """Call `path` below a name of the notebook or below a handle, with some names given instead."""
        arguments, keywords, given = values.unpack(request["args"])
        function = self.target(request)
        with self._given(given):
            result = function(*arguments, **keywords)
            if inspect.iscoroutine(result):
                result = self._loop.run_until_complete(result)
        return self._value(result, hold=request["hold"])

    @contextlib.contextmanager
    def _given(self, names: dict[str, Any]) -> Iterator[None]:
        """The notebook with these names standing for something else meanwhile."""
        before = {name: self.namespace[name] for name in names if name in self.namespace}
        self.namespace.update(names)
        try:
            yield
        finally:
            for name in names:
                self.namespace.pop(name, None)
            self.namespace.update(before)

    def do_name(self, request: dict[str, Any], _: GuestUnpacker) -> Any:
        return self._value(self.target(request), hold=request["hold"])

    def do_has(self, request: dict[str, Any], _: GuestUnpacker) -> Any:
        return {"ok": request["name"] in self.namespace}, []

    def do_item(self, request: dict[str, Any], values: GuestUnpacker) -> Any:
        return self._value(self.handles[request["h"]][values.unpack(request["args"])], hold=False)

    def do_items(self, request: dict[str, Any], _: GuestUnpacker) -> Any:
        return self._value(list(itertools.islice(self.handles[request["h"]], request["n"])), hold=False)

    def do_length(self, request: dict[str, Any], _: GuestUnpacker) -> Any:
        return {"ok": len(self.handles[request["h"]])}, []

    def do_kit(self, request: dict[str, Any], _: GuestUnpacker) -> Any:
        """Run the grader's helper source in a namespace of its own."""
        kit = types.ModuleType("kit")
        lines = request["source"].splitlines(keepends=True)
        linecache.cache[KIT_FILE] = (len(request["source"]), None, lines, KIT_FILE)
        exec(compile(request["source"], KIT_FILE, "exec"), kit.__dict__)
        return self._value(kit, hold=True)

    def callback(self, number: int) -> Callable[..., Any]:
        """A function of the grader as something that student code can call until its call is over."""
        request = self._line.request

        def function_of_the_grader(*arguments: Any, **keywords: Any) -> Any:
            packer = GuestPacker(self.handles)
            tree = packer.pack([list(arguments), keywords])
            answer, buffers = self._line.ask(request, {"call": number, "args": tree}, packer.buffers)
            if "answer" not in answer:
                raise Refused("the function that was passed in raised")
            return GuestUnpacker(buffers, self).unpack(answer["answer"])

        return function_of_the_grader

    def target(self, request: dict[str, Any]) -> Any:
        """What a path of names leads to, from a handle or from the notebook's names."""
        names = list(request["path"])
        if request.get("h"):
            target = self.handles[request["h"]]
        else:
            name = names.pop(0)
            if name not in self.namespace:
                raise LookupError(f"missing name {name}")
            target = self.namespace[name]
        for name in names:
            target = getattr(target, name)
        return target

    def _value(self, value: Any, *, hold: bool) -> Any:
        packer = GuestPacker(self.handles)
        try:
            tree = packer.handle(value) if hold else packer.pack(value)
        except wire.NoValue as reason:
            return {"err": {"kind": "unsendable", "text": str(reason)}}, []
        return {"ok": tree}, packer.buffers

    def _describe(self, error: BaseException) -> dict[str, Any]:
        if isinstance(error, TimeUp):
            return {"kind": "timed_out"}
        try:
            text = str(error)[:2000]
        except BaseException:
            text = ""
        return {
            "kind": "raised",
            "type": type(error).__name__[:100],
            "bases": [c.__name__ for c in type(error).__mro__ if c.__module__ == builtins.__name__],
            "text": text,
            "errno": error.errno if isinstance(error, OSError) else None,
            **own_line(error),
        }


def own_line(error: BaseException) -> dict[str, Any]:
    """The last line of a notebook cell, or of the grader's helper, in the way of an exception."""
    try:
        frames = traceback.extract_tb(error.__traceback__)
    except Exception:
        return {}
    for frame in reversed(frames):
        if frame.filename == KIT_FILE:
            return {"helper": True}
        if "ipykernel_" in frame.filename or frame.filename.startswith("<ipython-input"):
            return {"line": (frame.line or "")[:200], "function": frame.name[:100]}
    return {}


def make_kernel() -> Any:
    """An IPython kernel whose messages go to its session's `publish` instead of sockets."""
    from ipykernel.ipkernel import IPythonKernel
    from ipykernel.zmqshell import ZMQInteractiveShell
    from jupyter_client.session import Session
    from traitlets.config import Config

    class GuestSession(Session):  # type: ignore[misc,unused-ignore]
        publish: Callable[[str, dict[str, Any]], None]

        def send(
            self,
            stream: Any,
            msg_or_type: Any,
            content: Any = None,
            parent: Any = None,
            ident: Any = None,
            buffers: Any = None,
            track: bool = False,
            header: Any = None,
            metadata: Any = None,
        ) -> Any:
            message = msg_or_type
            if not isinstance(message, dict):
                message = {"msg_type": message, "content": content or {}}
            self.publish(message["msg_type"], message["content"])
            return message

    class GuestShell(ZMQInteractiveShell):  # type: ignore[misc,unused-ignore]
        def enable_gui(self, gui: Any = None) -> None:
            """Pictures are shown inline whatever is asked for: there is no event loop to join."""
            self.active_eventloop = gui

    config = Config()
    config.HistoryManager.enabled = False
    config.IPKernelApp.parent_handle = 0  # libraries look for this section to learn that they are in Jupyter
    os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")
    sys.path.insert(0, "")
    kernel = IPythonKernel(
        config=config,
        log=logging.getLogger("guest"),
        session=GuestSession(key=b"", config=config),
        shell_class=GuestShell,
        iopub_socket=types.SimpleNamespace(),
    )
    kernel.shell_channel_thread = types.SimpleNamespace(parent_thread=None)
    return kernel


def give_up(setup: dict[str, Any]) -> None:
    """Take the limits and become the user that the first frame names, for good."""
    import resource

    for name, value in setup["rlimits"].items():
        kind = getattr(resource, name)
        hard = resource.getrlimit(kind)[1]
        if hard != resource.RLIM_INFINITY:
            value = min(value, hard)
        resource.setrlimit(kind, (value, value))
    if setup.get("die_with_parent"):
        import ctypes

        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
    if setup.get("uid"):
        os.setgroups([])
        os.setresgid(setup["uid"], setup["uid"], setup["uid"])
        os.setresuid(setup["uid"], setup["uid"], setup["uid"])
        drop_capabilities()


def drop_capabilities() -> None:
    """Empty the inheritable set too: changing the user empties all others."""
    import ctypes

    version_3 = (ctypes.c_uint32 * 2)(0x20080522, 0)
    none = (ctypes.c_uint32 * 6)()
    if ctypes.CDLL(None, use_errno=True).capset(version_3, none):
        raise OSError(ctypes.get_errno(), "capset")


def serve(descriptor: int, kernel: Any = None) -> None:
    """Answer on this descriptor until the other side is gone."""
    channel = wire.Channel(socket.socket(fileno=descriptor))
    stopwatch = Stopwatch()
    line = Line(channel, stopwatch)
    guest = Guest(line, stopwatch, kernel or make_kernel())
    line.send({"ready": True, "python": sys.version.split()[0]}, [])
    try:
        guest.serve()
    except wire.WireError:
        os._exit(0)


def main() -> None:
    """Serve on the descriptor given as the first argument, once the first frame has said what to give up."""
    descriptor = int(sys.argv[1])
    setup, _ = wire.Channel(socket.socket(fileno=os.dup(descriptor))).receive()
    give_up(setup)
    sys.argv[:] = ["ipykernel_launcher"]
    serve(descriptor)


if __name__ == "__main__":
    main()

"""The fork server, from outside: guests in which the libraries are loaded already.

`Nursery` starts a zygote (see zygote.py) for each unit, in a sandbox of its own, and replaces it when it has
served long, grown or died. What a marking process gets is a `ForkServer`: the right to ask one zygote for
guests. Each guest is as isolated as one that was started from nothing, and dies with whoever asked for it.
"""

from __future__ import annotations

import ast
import contextlib
import itertools
import json
import os
import select
import signal
import socket
import subprocess
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
import psutil

from autograder import sandbox, wire
from autograder.course import Exercise, Limits
from autograder.errors import AutograderError, SandboxUnavailable

FORKED_HASH_SEED = 0
"""A fork cannot have a hash seed of its own: another one needs an interpreter of its own."""

MOST_SUBMISSIONS = 500
MOST_GROWTH = 1.25
LOADING_S = 180.0
FORKING_S = 20.0
MESSAGE = 1 << 16


class NoFork(AutograderError):
    """The fork server gave no guest; the text says why."""


@dataclass
class Forked:
    """The first process of a forked guest's namespace."""

    handle: int
    leash: socket.socket

    @property
    def pid(self) -> int:
        """Its number as seen from here; -1 when it is gone."""
        about = Path(f"/proc/self/fdinfo/{self.handle}").read_text()
        return next(int(line.split()[1]) for line in about.splitlines() if line.startswith("Pid:"))

    def kill(self) -> None:
        """End it, and with it everything in its namespace."""
        if self.handle >= 0:
            signal.pidfd_send_signal(self.handle, signal.SIGKILL)

    def wait(self) -> None:
        """Return when it, and everything in its namespace, is gone."""
        if self.handle < 0:
            return
        waiting = select.poll()
        waiting.register(self.handle, select.POLLIN)
        waiting.poll()
        os.close(self.handle)
        self.handle = -1
        self.leash.close()


@dataclass(frozen=True)
class ForkServer:
    """The right to ask a zygote for guests; may be handed to other processes.

    Attributes
    ----------
    control : socket.socket
        Our end; messages on it are whole, so that several processes may use it at once.
    """

    control: socket.socket

    def launch(self, isolation: sandbox.Isolation, limits: Limits) -> sandbox.Jail:
        """A new guest.

        Raises
        ------
        NoFork
            When the zygote is gone, or could not fork as it should.
        """
        ours, theirs = socket.socketpair()
        leash, far_leash = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        uid = sandbox.student_uid()
        request = {**sandbox.setup(isolation, limits, uid), "disk": limits.disk_mb << 20}
        leash.settimeout(FORKING_S)
        try:
            with theirs, far_leash:
                descriptors = [theirs.fileno(), far_leash.fileno()]
                socket.send_fds(self.control, [json.dumps(request).encode()], descriptors)
            answer, handles, _, _ = socket.recv_fds(leash, MESSAGE, 1)
        except OSError as error:
            ours.close()
            leash.close()
            raise NoFork(f"it does not answer ({error})") from error
        if not handles:
            ours.close()
            leash.close()
            raise NoFork(json.loads(answer)["refused"] if answer else "it is gone")
        process = Forked(handles[0], leash)
        return sandbox.watched(sandbox.Jail(process, wire.Channel(ours), limits, keepers=1))


@dataclass
class _Zygote:
    """A running zygote and how much it has served."""

    process: subprocess.Popen[bytes]
    control: socket.socket
    size: int
    served: int = 0
    users: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def worn(self) -> bool:
        """Whether another one should take its place."""
        return (
            self.process.poll() is not None
            or self.served >= MOST_SUBMISSIONS
            or _size(self.process) > MOST_GROWTH * self.size
        )

    def end(self) -> None:
        self.control.close()
        self.process.kill()
        self.process.wait()
        if self.process.stderr:
            self.process.stderr.close()


class Nursery:
    """Zygotes for the units of a class, started when they are first needed.

    Parameters
    ----------
    exercises : Iterable[Exercise]
        What will be marked: a unit's zygote loads what the notebooks of its exercises import.
    """

    def __init__(self, isolation: sandbox.Isolation, exercises: Iterable[Exercise]) -> None:
        self._isolation = isolation
        self._exercises = tuple(dict.fromkeys(exercises))
        self._zygotes: dict[tuple[str, int], _Zygote | str] = {}
        self._locks = {self._key(exercise): threading.Lock() for exercise in self._exercises}
        self._retired: list[_Zygote] = []

    @contextlib.contextmanager
    def lend(self, exercise: Exercise) -> Iterator[ForkServer | None]:
        """The fork server for one submission of this exercise; None where there can be none."""
        zygote = self._zygote(exercise)
        if isinstance(zygote, str):
            yield None
            return
        try:
            yield ForkServer(zygote.control)
        finally:
            with self._locks[self._key(exercise)]:
                zygote.users -= 1
                if zygote in self._retired and not zygote.users:
                    self._retired.remove(zygote)
                    zygote.end()

    @property
    def refusals(self) -> dict[str, str]:
        """Units without a fork server, and why."""
        return {unit: why for (unit, _), why in self._zygotes.items() if isinstance(why, str)}

    def close(self) -> None:
        """End all zygotes and their guests."""
        for zygote in (*self._zygotes.values(), *self._retired):
            if isinstance(zygote, _Zygote):
                zygote.end()
        self._zygotes.clear()
        self._retired.clear()

    def __enter__(self) -> Nursery:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @staticmethod
    def _key(exercise: Exercise) -> tuple[str, int]:
        return exercise.unit, exercise.limits.threads

    def _zygote(self, exercise: Exercise) -> _Zygote | str:
        key = self._key(exercise)
        with self._locks[key]:
            zygote = self._zygotes.get(key)
            if isinstance(zygote, _Zygote) and zygote.worn:
                self._retire(zygote)
                zygote = None
            if zygote is None:
                zygote = self._zygotes[key] = self._start(exercise)
            if isinstance(zygote, _Zygote):
                zygote.served += 1
                zygote.users += 1
            return zygote

    def _retire(self, zygote: _Zygote) -> None:
        if zygote.users:
            self._retired.append(zygote)
        else:
            zygote.end()

    def _start(self, exercise: Exercise) -> _Zygote | str:
        """A new zygote, or why there is none."""
        key = self._key(exercise)
        imports = [i for e in self._exercises if self._key(e) == key for i in imports_of(e.solution)]
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        environment = exercise.course.settings.guest_environment
        try:
            process = sandbox.launch_zygote(
                self._isolation, theirs, exercise.limits, exercise.public_data, environment
            )
        except SandboxUnavailable as error:
            ours.close()
            return str(error)
        plan = {"imports": list(dict.fromkeys(imports)), "folders": sandbox.python_folders()}
        ours.send(json.dumps(plan).encode())
        ours.settimeout(LOADING_S)
        try:
            answer = json.loads(ours.recv(MESSAGE) or b'{"refused": "it ended while it loaded libraries"}')
        except OSError as error:
            answer = {"refused": str(error)}
        zygote = _Zygote(process, ours, _size(process))
        if "ready" in answer and answer["threads"] == 1:
            ours.settimeout(None)
            return zygote
        zygote.end()
        return str(answer.get("refused", f"its libraries have started {answer.get('threads')} threads"))


def imports_of(file: Path) -> list[str]:
    """The import statements of a notebook or a Python file, as source, in their order.

    A statement of several names is taken apart, so that one that fails costs only itself.
    """
    sources: list[str] = []
    with contextlib.suppress(OSError, nbformat.reader.NotJSONError, nbformat.ValidationError):
        if file.suffix == ".ipynb":
            cells = nbformat.read(file, as_version=4).cells
            sources = [cell.source for cell in cells if cell.cell_type == "code"]
        else:
            sources = [file.read_text("utf-8")]
    return list(dict.fromkeys(statement for source in sources for statement in _imports(source)))


def _imports(source: str) -> Iterator[str]:
    plain = "\n".join("" if line.lstrip()[:1] in "%!?" else line for line in source.splitlines())
    try:
        tree = ast.parse(plain)
    except SyntaxError:
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (f"import {name.name}" for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from (f"from {node.module} import {name.name}" for name in node.names)


def _size(process: subprocess.Popen[bytes]) -> int:
    """Memory in bytes of a sandbox's innermost process."""
    try:
        family = psutil.Process(process.pid).children(recursive=True)
        return max(int(p.memory_info().rss) for p in itertools.islice(family, 2))
    except (psutil.Error, ValueError):
        return 0

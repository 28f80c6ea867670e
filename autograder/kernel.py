"""The sandboxed run of a notebook, and the live guest that it leaves behind.

A guest may die at any time. The run then goes on in a new guest without the cell that killed it, and a
question that kills its guest costs only itself: the next one finds the notebook run again.

Three clocks stop student code: the guest's own alarm (which keeps the guest), ours a second later (which
kills it), and the submission's total time.
"""

from __future__ import annotations

import logging
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

from autograder import sandbox, wire
from autograder.course import Limits
from autograder.errors import (
    BadReply,
    CourseError,
    Crashed,
    GuestStopped,
    MissingName,
    OutOfDisk,
    OutOfMemory,
    PlatformError,
    StudentError,
    StudentRaised,
    TimedOut,
    TooManyProcesses,
    TooMuchOutput,
)
from autograder.forkserver import FORKED_HASH_SEED, ForkServer, NoFork
from autograder.submission import Cell

_log = logging.getLogger(__name__)

GRACE_S = 1.0
MOST_DEPTH = 50
START_S = 60.0
MOST_GUESTS = 12
OUTPUT_OF_ALL_CELLS = 10
"""What a whole notebook may put out, as a multiple of what one cell may."""
MOST_SHOWN = 500
"""Outputs of one cell but for printed text."""
DISK_FULL = (27, 28, 122)  # EFBIG, ENOSPC, EDQUOT
UPDATE = "update_display_data"
NO_MORE_PROCESSES = 11  # EAGAIN

Answer = tuple[dict[str, Any], list[wire.Buffer]]
Callback = Callable[[dict[str, Any], list[bytearray]], Answer]


@dataclass
class CellRun:
    """What became of one cell.

    Attributes
    ----------
    number : int
        Its place in the notebook, from 1.
    outputs : list
        nbformat outputs.
    error : StudentError | None
        Why it did not run to its end.
    """

    number: int
    cell: Cell
    outputs: list[Any] = field(default_factory=list)
    error: StudentError | None = None
    duration_s: float = 0.0
    execution_count: int | None = None


@dataclass
class Run:
    """A notebook, run from top to bottom."""

    cells: list[CellRun]

    @property
    def problems(self) -> list[CellRun]:
        """Cells that did not run to their end."""
        return [cell for cell in self.cells if cell.error is not None]


@dataclass(frozen=True)
class Setting:
    """How guests of one submission are made."""

    isolation: sandbox.Isolation
    limits: Limits
    public_data: Path | None = None
    environment: dict[str, str] = field(default_factory=dict)
    forks: ForkServer | None = None

    def launch(self, hash_seed: int) -> sandbox.Jail:
        """A new guest: a fork where there is a fork server and it can, else started from nothing."""
        if self.forks is not None and hash_seed == FORKED_HASH_SEED:
            try:
                return self.forks.launch(self.isolation, self.limits)
            except NoFork as reason:
                _log.warning("A guest is started from nothing, since the fork server gave none: %s", reason)
        return sandbox.launch(
            self.isolation,
            self.limits,
            public_data=self.public_data,
            environment=self.environment,
            hash_seed=hash_seed,
        )


class Kernel:
    """A notebook and the guest in which it has run.

    Parameters
    ----------
    cells : tuple[Cell, ...]
        The notebook's cells; only code cells run.
    deadline : float
        When the submission's total time is over, on `time.monotonic`'s clock.
    """

    def __init__(
        self, cells: tuple[Cell, ...], setting: Setting, deadline: float, hash_seed: int = 0
    ) -> None:
        self._cells = cells
        self._setting = setting
        self._deadline = deadline
        self._hash_seed = hash_seed
        self._skipped: dict[int, StudentError] = {}
        self._guests = 0
        self._jail: sandbox.Jail | None = None
        self._request = 0
        self._budget = 0
        self._shown = 0
        self._whole_budget = int(OUTPUT_OF_ALL_CELLS * self.limits.output_mb * 2**20)
        self._asking = False
        self.epoch = 0
        self.stopped_calls: dict[tuple[str, ...], list[GuestStopped]] = defaultdict(list)
        self.messages: list[tuple[str, dict[str, Any]]] = []

    @property
    def limits(self) -> Limits:
        """Limits in force."""
        return self._setting.limits

    def run(self) -> Run:
        """Run all cells; a cell that kills its guest is skipped in the next one."""
        not_reached = Crashed("The notebook's run ended before this cell.")
        numbered = enumerate(self._cells, 1)
        records = [CellRun(i, cell, error=not_reached) for i, cell in numbered if cell.code]
        folder = _Outputs()
        while True:
            try:
                self._run_once(records, folder)
                return Run(records)
            except GuestStopped:
                if self._guests >= MOST_GUESTS or time.monotonic() > self._deadline:
                    return Run(records)

    def again(self, hash_seed: int) -> Kernel:
        """The same notebook, to be run in a guest of its own."""
        other = Kernel(self._cells, self._setting, self._deadline, hash_seed)
        other._skipped = dict(self._skipped)
        other._guests = self._guests
        return other

    def exchange(
        self, message: dict[str, Any], buffers: list[wire.Buffer], call: str, callback: Callback | None = None
    ) -> tuple[dict[str, Any], list[bytearray]]:
        """Ask the guest and wait for its reply, answering its calls back meanwhile.

        Parameters
        ----------
        call : str
            What is asked, in words for an error message.

        Raises
        ------
        StudentError
            Whatever student code did instead of answering.
        CourseError
            When a function that was passed in asks, while student code waits for its answer.
        """
        if self._asking:
            raise CourseError(
                f"{call} was asked for by a function that student code had called. That function must not "
                "use the student's code itself, while it waits for an answer."
            )
        if self._jail is None:
            self._revive()
        return self._ask(message, buffers, self.limits.call_s, call, callback)

    def close(self) -> None:
        """End the guest."""
        if self._jail is not None:
            self._jail.kill()
            self._jail = None
            self.epoch += 1

    def __enter__(self) -> Kernel:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _run_once(self, records: list[CellRun], outputs: _Outputs) -> None:
        """Run what has not run yet; cells before it run again, unrecorded, if the guest is new."""
        self._start()
        for record in records:
            index = record.number
            if index in self._skipped:
                record.error = self._skipped[index]
                continue
            started = time.monotonic()
            self.messages.clear()
            record.error = None
            try:
                self._run_cell(record.cell)
            except GuestStopped as error:
                record.error = error
                self._skipped[index] = error
                if self._jail is None:
                    raise
            except StudentError as error:
                record.error = error
            finally:
                record.duration_s = time.monotonic() - started
                outputs.fold(record, self.messages)

    def _run_cell(self, cell: Cell) -> None:
        self._ask({"op": "cell", "source": cell.source}, [], self.limits.cell_s, "The cell", None)

    def _revive(self) -> None:
        """A new guest with the notebook run again, for the question after one that killed its guest."""
        while True:
            self._start()
            try:
                self._replay()
                return
            except GuestStopped:
                if self._guests >= MOST_GUESTS:
                    raise

    def _replay(self) -> None:
        for index, cell in enumerate(self._cells, 1):
            if not cell.code or index in self._skipped:
                continue
            try:
                self._run_cell(cell)
            except GuestStopped as error:
                self._skipped[index] = error
                if self._jail is None:
                    raise
            except StudentError:
                continue

    def _start(self) -> None:
        self._check_time()
        if self._guests >= MOST_GUESTS:
            raise Crashed("Its process had to be started anew too often.")
        self.close()
        self._guests += 1
        jail = self._setting.launch(self._hash_seed)
        try:
            ready, _ = jail.channel.receive(time.monotonic() + START_S)
        except wire.WireError as error:
            words = jail.last_words()
            jail.kill()
            raise PlatformError(f"The sandboxed kernel did not start ({error}): {words}") from error
        if ready.get("ready") is not True:
            jail.kill()
            raise PlatformError("The sandboxed kernel did not start as it should.")
        self._jail = jail

    def _check_time(self) -> float:
        left = self._deadline - time.monotonic()
        if left <= 0:
            self.close()
            raise TimedOut(f"The whole notebook may take {self.limits.total_s:g} s, and they are over.")
        return left

    def _ask(
        self,
        message: dict[str, Any],
        buffers: list[wire.Buffer],
        seconds: float,
        call: str,
        callback: Callback | None,
    ) -> tuple[dict[str, Any], list[bytearray]]:
        left = self._check_time()
        assert self._jail is not None
        self._request += 1
        self.messages.clear()
        self._budget = int(self.limits.output_mb * 2**20)
        self._shown = 0
        end = time.monotonic() + min(seconds + GRACE_S, left)
        request = {**message, "id": self._request, "seconds": min(seconds, left)}
        self._asking = True
        try:
            self._jail.channel.send(request, buffers, end)
            reply, values = self._listen(end, callback)
        except wire.TooLate:
            raise self._stopped(TimedOut(f"{call} took longer than the {seconds:g} s it may take.")) from None
        except wire.Closed:
            raise self._stopped(self._why_gone(call)) from None
        except wire.WireError as error:
            raise self._stopped(Crashed(f"{call} broke the connection to the grader: {error}.")) from None
        except BaseException:  # student code may still wait for an answer that will never come
            self.close()
            raise
        finally:
            self._asking = False
        if "err" in reply:
            raise self._explained(self._vetted(error_of(reply["err"], call, seconds), message))
        return reply, values

    def _vetted(self, error: StudentError, message: dict[str, Any]) -> StudentError:
        """The error without words that student code may have made of what it was called with."""
        if isinstance(error, MissingName) and error.name not in _names(message):
            return StudentRaised("The call", "LookupError", "", ("LookupError",))
        if isinstance(error, StudentRaised) and error.line.strip() not in self._lines:
            error.line = ""
        return error

    @cached_property
    def _lines(self) -> frozenset[str]:
        """Lines of the notebook."""
        return frozenset(line.strip() for cell in self._cells for line in cell.source.splitlines())

    def _explained(self, error: StudentError) -> StudentError:
        """A name that is missing because a cell was stopped is told, and judged, as that."""
        if not self._skipped:
            return error
        reason = next(iter(self._skipped.values()))
        if isinstance(error, MissingName):
            return type(reason)(f"`{error.name}` is not defined, because a cell before was stopped: {reason}")
        if isinstance(error, StudentRaised) and "NameError" in error.bases:
            return type(reason)(f"{error.call} uses a name that a cell should have defined: {reason}")
        return error

    def _listen(self, end: float, callback: Callback | None) -> tuple[dict[str, Any], list[bytearray]]:
        """Take frames until the reply to this request is there."""
        assert self._jail is not None
        channel = self._jail.channel
        while True:
            before = channel.received
            frame, buffers = channel.receive(end)
            if "out" in frame:
                self._take_output(frame, channel.received - before)
            elif "call" in frame and callback is not None:
                answer, values = callback(frame, buffers)
                channel.send(answer, values, end)
            elif frame.get("id") == self._request and ("ok" in frame or "err" in frame):
                return frame, buffers
            else:
                raise wire.WireError("an answer to a question that was not asked")

    def _take_output(self, frame: dict[str, Any], size: int) -> None:
        self._budget -= size
        self._whole_budget -= size
        if min(self._budget, self._whole_budget) < 0:
            raise self._stopped(
                TooMuchOutput(f"It put out more than the {self.limits.output_mb:g} MiB that are kept.")
            )
        kind, content = frame["out"], frame.get("content")
        if type(kind) is not str or type(content) is not dict:
            return
        self.messages.append((kind, content))
        self._shown += kind in ("display_data", "execute_result")
        if self._shown > MOST_SHOWN:
            raise self._stopped(TooMuchOutput(f"It showed more than {MOST_SHOWN} pictures and tables."))

    def _why_gone(self, call: str) -> GuestStopped:
        """Why the guest closed its end: our watchdog, the kernel's limits, or its own doing."""
        assert self._jail is not None
        jail = self._jail
        if isinstance(jail.exceeded, GuestStopped):
            return jail.exceeded
        return Crashed(f"{call} ended the whole Python process (exit, a signal, or a crash in a library).")

    def _stopped(self, error: StudentError) -> StudentError:
        self.close()
        return error


class _Outputs:
    """Folds Jupyter messages into notebook outputs, the way a notebook client does."""

    def __init__(self) -> None:
        self._notebook = nbformat.v4.new_notebook()
        self._client = NotebookClient(self._notebook)
        self._client.reset_execution_trackers()
        self._client.clear_before_next_output = False

    def fold(self, record: CellRun, messages: list[tuple[str, dict[str, Any]]]) -> None:
        cell = nbformat.v4.new_code_cell(record.cell.source)
        self._notebook.cells.append(cell)
        for kind, content in _joined(messages):
            if not _shallow(content, MOST_DEPTH):
                continue
            message = {
                "msg_type": kind,
                "header": {"msg_type": kind},
                "parent_header": {},
                "content": content,
                "metadata": {},
            }
            try:
                self._client.process_message(message, cell, len(self._notebook.cells) - 1)
            except Exception:  # noqa: BLE001, S112 - a message that is no Jupyter message is no output
                continue
        count = cell.execution_count
        record.outputs = [output for output in cell.outputs if _well_formed(output)]
        record.execution_count = count if type(count) is int and count >= 0 else None


def _shallow(value: Any, depth: int) -> bool:
    """Whether data is nested less than `depth` deep: writers of notebooks give up on what is deeper."""
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return depth > 0 and all(_shallow(part, depth - 1) for part in parts)


def _well_formed(output: dict[str, Any]) -> bool:
    """Whether an output is one that may be written into a notebook; messages may be made up."""
    match output:
        case {"output_type": "stream", "name": str(), "text": str()}:
            return True
        case {"output_type": "error", "ename": str(), "evalue": str(), "traceback": list(lines)}:
            return all(type(line) is str for line in lines)
        case {"output_type": "display_data", "data": dict(), "metadata": dict()}:
            return True
        case {"output_type": "execute_result", "data": dict(), "metadata": dict(), "execution_count": count}:
            return count is None or (type(count) is int and count >= 0)
    return False


def _joined(messages: list[tuple[str, dict[str, Any]]]) -> list[tuple[str, dict[str, Any]]]:
    """The messages with text that was printed in one go in one piece, and updates but for the last."""
    latest = {_updated(content): i for i, (kind, content) in enumerate(messages) if kind == UPDATE}
    kept = [
        (kind, content)
        for i, (kind, content) in enumerate(messages)
        if kind != UPDATE or latest[_updated(content)] == i
    ]
    joined: list[tuple[str, dict[str, Any]]] = []
    for (kind, name), group in groupby(kept, key=lambda m: (m[0], m[0] == "stream" and m[1].get("name"))):
        if kind == "stream":
            parts = [content.get("text", "") for _, content in group]
            joined.append((kind, {"name": name, "text": "".join(map(str, parts))}))
        else:
            joined += group
    return joined


def _updated(content: dict[str, Any]) -> str:
    """Which output an update is for."""
    transient = content.get("transient")
    return _text(transient.get("display_id")) if isinstance(transient, dict) else ""


def error_of(claim: Any, call: str, seconds: float) -> StudentError:
    """The error that a guest's claim stands for.

    Parameters
    ----------
    claim : dict
        What the guest says happened; every field of it may be a lie.
    """
    if type(claim) is not dict:
        return BadReply(f"{call} answered with something that is no value.")
    kind, text = claim.get("kind"), _text(claim.get("text"))
    if kind == "timed_out":
        return TimedOut(f"{call} took longer than the {seconds:g} s it may take.")
    if kind == "unsendable":
        return BadReply(f"{call} gave a result that cannot be handed over: it is too large or too deep.")
    bases = claim.get("bases")
    bases = tuple(_text(name)[:60] for name in bases[:20]) if type(bases) is list else ()
    if "MemoryError" in bases:
        return OutOfMemory(f"{call} ran out of memory.")
    if claim.get("errno") in DISK_FULL:
        return OutOfDisk(f"{call} wrote more than its disk holds.")
    if claim.get("errno") == NO_MORE_PROCESSES or text == "can't start new thread":
        return TooManyProcesses(f"{call} started more processes or threads than it may.")
    if "LookupError" in bases and text.startswith("missing name "):
        return MissingName(text.removeprefix("missing name ")[:100])
    name, line = _text(claim.get("type"))[:100], _text(claim.get("line"))[:200]
    return StudentRaised(call, name or "an exception", text, bases, line)


def _names(message: Any) -> set[str]:
    """Names of the notebook that a request asks for."""
    if isinstance(message, list):
        return set().union(*map(_names, message))
    if not isinstance(message, dict):
        return set()
    path = message.get("path")
    own = {path[0]} if isinstance(path, list) and path and not message.get("h") else set()
    return own.union(*map(_names, message.values()))


def _text(claim: Any) -> str:
    """Text of the guest, and nothing for what is no text: turning that into text can fail."""
    return claim[:2000] if type(claim) is str else ""

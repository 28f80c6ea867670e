"""The pytest side of marking: what graders import, and one record for each check.

A grader file is plain pytest. Classes carry a question, their tests a bracket; the test's docstring is the
sentence that the student reads. `run` collects and runs one grader file for one student and returns what was
found; an exception of the grader itself is the course's fault, never the student's.
"""

from __future__ import annotations

import builtins
import contextlib
import hmac
import io
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import pytest

from autograder.course import Exercise
from autograder.errors import (
    AutograderError,
    BadReply,
    CheckFailed,
    Crashed,
    GuestStopped,
    OutOfDisk,
    OutOfMemory,
    PlatformError,
    StudentError,
    StudentRaised,
    TimedOut,
    TooManyProcesses,
    TooMuchOutput,
)
from autograder.result import Blame, CheckResult, Verdict
from autograder.student import Student

T = TypeVar("T")

VERDICTS: dict[type[AutograderError], Verdict] = {
    TimedOut: Verdict.TIMED_OUT,
    OutOfMemory: Verdict.OUT_OF_MEMORY,
    TooManyProcesses: Verdict.TOO_MANY_PROCESSES,
    TooMuchOutput: Verdict.TOO_MUCH_OUTPUT,
    OutOfDisk: Verdict.OUT_OF_DISK,
    Crashed: Verdict.CRASHED,
    GuestStopped: Verdict.CRASHED,
    BadReply: Verdict.FAILED,
    StudentError: Verdict.FAILED,
    PlatformError: Verdict.PLATFORM_ERROR,
}


@dataclass(frozen=True)
class Question:
    """What `@question` says of a class of checks."""

    name: str
    objectives: tuple[str, ...]
    title: str


def question(name: str, *, objectives: Sequence[str] = ()) -> Callable[[type[T]], type[T]]:
    """Mark a class as the checks of one question.

    Parameters
    ----------
    name : str
        The question's nbgrader id; its grade cell is `<name>_points`.
    objectives : Sequence[str]
        Ids of the learning objectives that it carries.
    """

    def mark(checks: type[T]) -> type[T]:
        title = " ".join((checks.__doc__ or "").split())
        checks.__question__ = Question(name, tuple(objectives), title)  # type: ignore[attr-defined]
        return checks

    return mark


F = TypeVar("F", bound=Callable[..., Any])


def bracket(points: float) -> Callable[[F], F]:
    """Mark a test as one check: all of `points` or none."""

    def mark(check: F) -> F:
        check.__bracket__ = float(points)  # type: ignore[attr-defined]
        return check

    return mark


class Hidden:
    """Sources of hidden inputs: the same for every student of a release, unknown to all of them.

    Parameters
    ----------
    secret : bytes
        The release secret.
    purpose : str
        What the inputs are for; another purpose gives unrelated ones.
    """

    def __init__(self, secret: bytes, purpose: str) -> None:
        self._secret = secret
        self._purpose = purpose

    def seeds(self, n: int = 5) -> list[int]:
        """`n` seeds below 2**31."""
        return [int.from_bytes(self._bytes(i)[:4], "little") >> 1 for i in range(n)]

    def rngs(self, n: int = 5) -> list[np.random.Generator]:
        """`n` independent random generators."""
        return [np.random.default_rng(list(self._bytes(i))) for i in range(n)]

    def _bytes(self, index: int) -> bytes:
        return hmac.digest(self._secret, f"{self._purpose}/{index}".encode(), "sha256")


@dataclass(frozen=True)
class Found:
    """Checks of one question, as far as they ran."""

    question: Question
    checks: tuple[CheckResult, ...]


@dataclass(frozen=True)
class Outcome:
    """All that a grader file had to say.

    Attributes
    ----------
    found : tuple[Found, ...]
        Questions with their checks.
    broken : str
        Why the file could not be used, or "".
    """

    found: tuple[Found, ...]
    broken: str = ""


def run(
    exercise: Exercise, student: Student | None, records: Path | None = None, only: Sequence[str] = ()
) -> Outcome:
    """Run the grader of an exercise.

    Parameters
    ----------
    student : Student | None
        The student's notebook; None only collects, which gives every check as not run.
    records : Path | None
        Where to append one JSON line a check, as soon as it is decided.
    only : Sequence[str]
        Names of the questions to run; all when empty.
    """
    if not exercise.grader.is_file():
        return Outcome((), f"The grader {exercise.grader} does not exist.")
    graders = _Graders(exercise, student, records, tuple(only))
    arguments = [str(exercise.grader), "-c", "/dev/null", f"--rootdir={exercise.course.root}"]
    arguments += ["--import-mode=importlib", "--assert=plain", "-p", "no:cacheprovider", "-p", "no:terminal"]
    arguments += ["--collect-only"] if student is None else []
    said = io.StringIO()
    with (
        _importable(exercise.course.root),
        contextlib.redirect_stderr(said),
        contextlib.redirect_stdout(said),
    ):
        status = pytest.main(arguments, plugins=[graders])
    if status in (pytest.ExitCode.USAGE_ERROR, pytest.ExitCode.INTERNAL_ERROR):
        graders.broken.append(f"pytest could not run {exercise.grader}: {said.getvalue()[-3000:]}")
    return graders.outcome()


@contextlib.contextmanager
def _importable(root: Path) -> Iterator[None]:
    """`import reference…` works, is read anew each time, and leaves no compiled files behind."""
    before, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"  # graders mean the same whatever else is installed
    sys.path.insert(0, str(root))
    try:
        yield
    finally:
        for name in [name for name in sys.modules if name.partition(".")[0] == "reference"]:
            del sys.modules[name]
        sys.path.remove(str(root))
        sys.dont_write_bytecode = before


class _Graders:
    """pytest plugin of one run: fixtures for graders, records for us."""

    def __init__(
        self, exercise: Exercise, student: Student | None, records: Path | None, only: tuple[str, ...]
    ) -> None:
        self._exercise = exercise
        self._student = student
        self._records = records
        self._only = only
        self._questions: dict[str, Question] = {}
        self._checks: dict[tuple[str, str], CheckResult] = {}
        self.broken: list[str] = []
        self._started = 0.0

    def outcome(self) -> Outcome:
        found = tuple(
            Found(about, tuple(check for (name, _), check in self._checks.items() if name == about.name))
            for about in self._questions.values()
        )
        return Outcome(found, "\n".join(self.broken))

    @pytest.fixture
    def student(self) -> Student:
        """The notebook of the student."""
        assert self._student is not None
        return self._student

    @pytest.fixture
    def hidden(self, request: pytest.FixtureRequest) -> Hidden:
        """Hidden inputs for this check."""
        about, check = _place(request.node)
        return Hidden(self._exercise.course.secret, f"{self._exercise.id}/{about.name}/{check}")

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.broken.append(f"{report.nodeid}: {report.longreprtext[-3000:]}")

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        for item in list(items):
            try:
                about, check = _place(item)
            except LookupError as error:
                self.broken.append(f"{item.nodeid}: {error}")
                items.remove(item)
                continue
            if self._only and about.name not in self._only:
                items.remove(item)
                continue
            self._questions.setdefault(about.name, about)
            self._checks.setdefault((about.name, check), _not_run(item, check))

    def pytest_runtest_setup(self) -> None:
        self._started = time.monotonic()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
        report = yield
        if call.when == "call" or call.excinfo is not None:
            self._record(item, call.excinfo.value if call.excinfo else None)
        return report

    def _record(self, item: pytest.Item, error: BaseException | None) -> None:
        """Fold this case into its check: a check passes when all of its cases do."""
        about, check = _place(item)
        before = self._checks[about.name, check]
        duration = before.duration_s + time.monotonic() - self._started
        if before.verdict in (Verdict.NOT_RUN, Verdict.PASSED):
            verdict, blame, message, detail = judge(error)
            points = _points(verdict, before.max_points)
            update = {"verdict": verdict, "blame": blame, "message": message, "detail": detail}
            before = before.model_copy(update={**update, "points": points})
        result = before.model_copy(update={"duration_s": duration})
        result = CheckResult.model_validate(result.model_dump())
        self._checks[about.name, check] = result
        if self._records is not None:
            with self._records.open("a", encoding="utf-8", errors="backslashreplace") as file:
                file.write(result.model_dump_json() + "\n")


def _points(verdict: Verdict, most: float) -> float | None:
    if verdict is Verdict.PASSED:
        return most
    if verdict in (Verdict.GRADER_ERROR, Verdict.PLATFORM_ERROR, Verdict.NOT_DECIDED):
        return None
    return 0.0


def _not_run(item: pytest.Item, check: str) -> CheckResult:
    function = item.function  # type: ignore[attr-defined]
    return CheckResult(
        name=check,
        title=" ".join((function.__doc__ or "").split()),
        points=None,
        max_points=function.__bracket__,
        verdict=Verdict.NOT_RUN,
        blame=Blame.COURSE,
        message="",
    )


def _place(item: Any) -> tuple[Question, str]:
    """The question and the check that a collected test belongs to."""
    about = getattr(getattr(item, "cls", None), "__question__", None)
    function = getattr(item, "function", None)
    if about is None:
        raise LookupError("this test is in no class with @question")
    if not hasattr(function, "__bracket__"):
        raise LookupError("this test has no @bracket, so it gives no points")
    return about, str(getattr(item, "originalname", item.name)).removeprefix("test_")


def judge(error: BaseException | None) -> tuple[Verdict, Blame, str, str]:
    """Verdict, blame, the student's message and the instructor's detail for how a check ended."""
    if error is None:
        return Verdict.PASSED, Blame.NONE, "", ""
    if isinstance(error, pytest.skip.Exception):
        return Verdict.NOT_DECIDED, Blame.NONE, "This could not be decided here.", str(error)
    if isinstance(error, StudentRaised):
        return Verdict.FAILED, Blame.STUDENT, _raised(error), f"{error.type_name}: {error.text}"
    for kind, verdict in VERDICTS.items():
        if isinstance(error, kind):
            blame = Blame.PLATFORM if kind is PlatformError else Blame.STUDENT
            return verdict, blame, _message(error), _cause(error)
    if isinstance(error, AssertionError):
        return Verdict.FAILED, Blame.STUDENT, str(error), ""
    return Verdict.GRADER_ERROR, Blame.COURSE, "", _trace(error)


def _message(error: AutograderError) -> str:
    """What a student reads: what broke, and on a line of its own how to mend it."""
    if isinstance(error, PlatformError):
        return ""
    if isinstance(error, CheckFailed):
        return f"{error.problem}\n{error.hint}".strip()
    return str(error)


def _raised(error: StudentRaised) -> str:
    """What a student reads when their code raised; its text may hold hidden values, so it stays out."""
    if "NotImplementedError" in error.bases:
        return f"{error.call} is not written yet: it raises NotImplementedError."
    where = f" In your line `{error.line}`." if error.line else ""
    return f"{error.call} raised {_kind(error)}.{where}"


def _kind(error: StudentRaised) -> str:
    """A class of exception in words of ours: a class of the student's may be named after a hidden value."""
    for name in (error.type_name, *error.bases):
        kind = getattr(builtins, name, None)
        if isinstance(kind, type) and issubclass(kind, BaseException):
            special = name == error.type_name or kind in (Exception, BaseException)
            return "an exception" if kind in (Exception, BaseException) else name if special else f"a {name}"
    return "an exception"


def _cause(error: BaseException) -> str:
    cause = error.__cause__
    return f"{type(error).__name__}: {error}" + (f" ({type(cause).__name__}: {cause})" if cause else "")


def _trace(error: BaseException) -> str:
    import traceback

    return "".join(traceback.format_exception(error))[-4000:]


__all__ = ["Found", "Hidden", "Outcome", "Question", "bracket", "judge", "question", "run"]

"""What marking leaves behind: checks, questions, submissions, a class; to and from JSON.

Each model is frozen. `write_json` writes aside and renames, so a file is there whole or not at all.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections import Counter
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, computed_field, model_validator


class Verdict(StrEnum):
    """What became of a check, a question or a submission."""

    PASSED = "passed"
    FAILED = "failed"
    CRASHED = "crashed"
    TIMED_OUT = "timed_out"
    OUT_OF_MEMORY = "out_of_memory"
    TOO_MANY_PROCESSES = "too_many_processes"
    TOO_MUCH_OUTPUT = "too_much_output"
    OUT_OF_DISK = "out_of_disk"
    NOT_RUN = "not_run"
    NOT_DECIDED = "not_decided"
    GRADER_ERROR = "grader_error"
    PLATFORM_ERROR = "platform_error"


class Blame(StrEnum):
    """Whose doing a verdict is."""

    NONE = "none"
    STUDENT = "student"
    COURSE = "course"
    PLATFORM = "platform"


SEVERITY: tuple[Verdict, ...] = (
    Verdict.PLATFORM_ERROR,
    Verdict.GRADER_ERROR,
    Verdict.NOT_RUN,
    Verdict.NOT_DECIDED,
    Verdict.OUT_OF_MEMORY,
    Verdict.TOO_MANY_PROCESSES,
    Verdict.TOO_MUCH_OUTPUT,
    Verdict.OUT_OF_DISK,
    Verdict.TIMED_OUT,
    Verdict.CRASHED,
    Verdict.FAILED,
    Verdict.PASSED,
)
"""Which verdict of the parts becomes the verdict of the whole: the first of these that occurs."""

TEXT_LIMIT = 20_000
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def clean(text: object) -> object:
    """Text that any reader, terminal or page can take: no control, direction or surrogate characters."""
    if not isinstance(text, str):
        return text
    plain = _COLOUR.sub("", text[:TEXT_LIMIT]).replace("\r\n", "\n")
    shown = _UNSAFE.sub(lambda found: ascii(found.group())[1:-1], plain)
    return shown if len(text) <= TEXT_LIMIT else f"{shown} …"


Text = Annotated[str, BeforeValidator(clean)]
Points = Annotated[float, Field(ge=0)]
Awarded = Annotated[float | None, Field(ge=0, description="null: not marked, and not to be read as zero")]


class Record(BaseModel):
    """Base of all results: immutable, and strict about unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class CheckResult(Record):
    """One check, which is one bracket of a question: all of its points or none."""

    name: Text
    title: Text = Field(description="the property that is asked for, as the student reads it")
    points: Awarded
    max_points: Points
    verdict: Verdict
    blame: Blame
    message: Text = Field(description="what broke and what to mend; empty when it passed")
    detail: Text = Field(default="", description="for the instructor only; never shown to students")
    duration_s: float = 0.0


class QuestionResult(Record):
    """One question: a solution cell, its grade cell, and the checks behind it."""

    name: Text
    title: Text = ""
    points: Awarded
    max_points: Points
    verdict: Verdict
    blame: Blame
    objectives: tuple[Text, ...] = ()
    checks: tuple[CheckResult, ...] = ()


class VisibleCheck(Record):
    """A test cell that the student can run too; it gives no points by itself."""

    question: Text
    ok: bool
    message: Text = ""


class CellProblem(Record):
    """A cell that did not run to its end."""

    cell: int = Field(description="position in the notebook, from 1")
    name: Text = Field(description="the cell's nbgrader id, or empty")
    verdict: Verdict
    message: Text


class SubmissionResult(Record):
    """One student's notebook, marked."""

    student: Text
    unit: Text
    exercise: Text
    points: Awarded
    max_points: Points
    verdict: Verdict
    blame: Blame
    isolation: Text = Field(description="level of isolation in force while student code ran")
    duration_s: float
    questions: tuple[QuestionResult, ...] = ()
    message: Text = Field(default="", description="why it was not marked, or what happened as a whole")
    detail: Text = Field(default="", description="for the instructor only; never shown to students")
    notes: tuple[Text, ...] = Field(default=(), description="what was restored or odd in the file")
    visible: tuple[VisibleCheck, ...] = ()
    problems: tuple[CellProblem, ...] = ()
    source: Text = Field(default="", description="the path that was marked")
    key: Text = Field(
        default="", description="hash of all that decides the marks; equal: no need to mark again"
    )
    autograder_version: Text = ""

    @property
    def marked(self) -> bool:
        """Whether every question has its points."""
        return self.points is not None


class ClassResult(Record):
    """All submissions of one marking run."""

    submissions: tuple[SubmissionResult, ...]
    duration_s: float = 0.0
    autograder_version: str = ""

    @model_validator(mode="before")
    @classmethod
    def _counts_are_derived(cls, data: object) -> object:
        """Leave out what is computed, so that a class can be read back from its own JSON."""
        if not isinstance(data, dict):
            return data
        return {name: value for name, value in data.items() if name not in ("by_verdict", "by_blame")}

    @computed_field  # type: ignore[prop-decorator]
    @property
    def by_verdict(self) -> dict[str, int]:
        """How many submissions ended in each verdict."""
        return _counts(s.verdict for s in self.submissions)

    @computed_field  # type: ignore[prop-decorator]
    @property
    def by_blame(self) -> dict[str, int]:
        """How many submissions ended by whose doing."""
        return _counts(s.blame for s in self.submissions)


def _counts(values: Iterable[StrEnum]) -> dict[str, int]:
    return {str(value): n for value, n in sorted(Counter(values).items())}


def worst(parts: Iterable[CheckResult] | Iterable[QuestionResult]) -> tuple[Verdict, Blame]:
    """Verdict and blame of a whole from its parts; a whole without parts was not run."""
    listed: list[CheckResult | QuestionResult] = list(parts)
    if not listed:
        return Verdict.NOT_RUN, Blame.COURSE
    first = min(listed, key=lambda part: SEVERITY.index(part.verdict))
    return first.verdict, first.blame


def total(points: Iterable[float | None]) -> float | None:
    """Sum of points; None as soon as one of them is not known."""
    known: list[float] = []
    for value in points:
        if value is None:
            return None
        known.append(value)
    return sum(known)


def write_json(path: Path, record: Record) -> None:
    """Write `record` beside `path`, then rename it into place."""
    write_text(path, record.model_dump_json(indent=2) + "\n")


def write_text(path: Path, text: str) -> None:
    """Write `text` beside `path`, then rename it into place."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, aside = tempfile.mkstemp(dir=path.parent, prefix=".aside-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as file:
            file.write(text)
        Path(aside).chmod(0o644)
        os.replace(aside, path)
    except BaseException:
        Path(aside).unlink(missing_ok=True)
        raise

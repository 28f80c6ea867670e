"""The whole way of one submission: read, run in the sandbox, check, write down.

DIR/<student>/<unit>/<exercise>/
checks.jsonl      one line a check, as soon as it was decided
executed.ipynb    the notebook as it ran, with outputs
result.json       written last: who finds it finds a finished marking
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import nbformat

from autograder import __version__, plugin, sandbox, submission
from autograder.course import Exercise, digest
from autograder.errors import CourseError, PlatformError, StudentRaised, UnreadableSubmission
from autograder.forkserver import ForkServer
from autograder.kernel import CellRun, Kernel, Run, Setting
from autograder.result import (
    Blame,
    CellProblem,
    CheckResult,
    QuestionResult,
    SubmissionResult,
    Verdict,
    VisibleCheck,
    total,
    worst,
    write_json,
    write_text,
)
from autograder.student import Student
from autograder.submission import Release, Submission


@dataclass(frozen=True)
class Folder:
    """The files that one marking leaves."""

    path: Path

    @classmethod
    def of(cls, root: Path, student: str, exercise: Exercise) -> Folder:
        """The folder of this student's exercise below the folder of all results."""
        return cls(root / student / exercise.unit / exercise.name)

    @property
    def result(self) -> Path:
        """`result.json`."""
        return self.path / "result.json"

    @property
    def checks(self) -> Path:
        """`checks.jsonl`."""
        return self.path / "checks.jsonl"

    @property
    def executed(self) -> Path:
        """`executed.ipynb`."""
        return self.path / "executed.ipynb"


@dataclass(frozen=True)
class Work:
    """One notebook of one student, to be marked.

    Attributes
    ----------
    level : str
        The isolation asked for, see `sandbox.choose`.
    root : Path
        The folder of all results.
    """

    exercise: Exercise
    student: str
    path: Path
    root: Path
    level: str = "auto"

    @property
    def folder(self) -> Folder:
        """Where this marking is written down."""
        return Folder.of(self.root, self.student, self.exercise)

    @cached_property
    def key(self) -> str:
        """Hash of all that decides the marks: equal keys, equal marks."""
        files = [self.path, self.exercise.release, *_grading_files(self.exercise)]
        contents = [_bytes(file) for file in files]
        settings = self.exercise.course.settings
        rules = [settings.model_dump_json(), self.exercise.limits.model_dump_json(), self.level, __version__]
        return digest(_engine(), self.exercise.course.secret, *contents, *(rule.encode() for rule in rules))


def grade(work: Work, forks: ForkServer | None = None) -> SubmissionResult:
    """Mark one submission and write its files; the result is also returned.

    Parameters
    ----------
    forks : ForkServer | None
        Where guests come from; without one, each is started from nothing.

    Whatever goes wrong becomes a result with its verdict and blame; only bugs of ours raise.
    """
    started = time.monotonic()
    work.folder.path.mkdir(parents=True, exist_ok=True)
    work.folder.checks.unlink(missing_ok=True)
    marking = _Marking(work, forks)
    result = marking.result().model_copy(
        update={"duration_s": round(time.monotonic() - started, 3), "key": work.key}
    )
    write_json(work.folder.result, result)
    return result


def not_marked(
    work: Work, verdict: Verdict, blame: Blame, message: str, detail: str = ""
) -> SubmissionResult:
    """A result for a submission that no check has seen; only a student's own doing costs points."""
    try:
        points = submission.read_release(work.exercise).questions
    except CourseError as error:
        points, detail = {}, detail or str(error)
    mark = 0.0 if blame is Blame.STUDENT else None
    questions = tuple(
        QuestionResult(name=name, points=mark, max_points=most, verdict=verdict, blame=blame)
        for name, most in points.items()
    )
    return SubmissionResult(
        student=work.student,
        unit=work.exercise.unit,
        exercise=work.exercise.name,
        points=mark,
        max_points=sum(points.values()),
        verdict=verdict,
        blame=blame,
        isolation="none",
        duration_s=0,
        questions=questions,
        message=message,
        detail=detail,
        source=str(work.path),
        key=work.key,
        autograder_version=__version__,
    )


class _Marking:
    """One submission on its way."""

    def __init__(self, work: Work, forks: ForkServer | None) -> None:
        self._work = work
        self._forks = forks
        self._exercise = work.exercise

    def result(self) -> SubmissionResult:
        try:
            release = submission.read_release(self._exercise)
            handed_in = submission.read(self._work.path, self._exercise, release)
            return self._mark(handed_in, release)
        except UnreadableSubmission as error:
            return not_marked(self._work, Verdict.NOT_RUN, Blame.STUDENT, str(error))
        except CourseError as error:
            return not_marked(self._work, Verdict.GRADER_ERROR, Blame.COURSE, "", str(error))
        except PlatformError as error:
            return not_marked(self._work, Verdict.PLATFORM_ERROR, Blame.PLATFORM, "", str(error))

    def _mark(self, handed_in: Submission, release: Release) -> SubmissionResult:
        isolation = sandbox.choose(self._work.level)
        settings = self._exercise.course.settings
        setting = Setting(
            isolation,
            self._exercise.limits,
            self._exercise.public_data,
            settings.guest_environment,
            self._forks,
        )
        deadline = time.monotonic() + setting.limits.total_s
        with Kernel(handed_in.cells, setting, deadline) as kernel:
            run = kernel.run()
            outcome = plugin.run(self._exercise, Student(kernel), self._work.folder.checks)
        write_text(self._work.folder.executed, _executed(handed_in, run))
        questions = tuple(_questions(release, outcome))
        verdict, blame = worst(questions)
        return SubmissionResult(
            student=self._work.student,
            unit=self._exercise.unit,
            exercise=self._exercise.name,
            points=total(q.points for q in questions),
            max_points=release.max_points,
            verdict=verdict,
            blame=blame,
            isolation=isolation.name,
            duration_s=0,
            questions=questions,
            notes=handed_in.notes,
            visible=tuple(visible_of(run)),
            problems=tuple(problems_of(run)),
            source=str(self._work.path),
            autograder_version=__version__,
        )


def _questions(release: Release, outcome: plugin.Outcome) -> Iterator[QuestionResult]:
    """Every question of the release, with the checks that were found for it."""
    found = {f.question.name: f for f in outcome.found}
    for name, points in release.questions.items():
        if name not in found:
            detail = outcome.broken or "The grader has no checks for this question."
            yield QuestionResult(
                name=name,
                points=None,
                max_points=points,
                checks=(_no_evidence(name, points, detail),),
                **_COURSE,
            )
            continue
        about, checks = found[name].question, found[name].checks
        offered = sum(check.max_points for check in checks)
        if offered != points:
            detail = f"Its checks give {offered:g} points, its grade cell {points:g}."
            checks = (*checks, _no_evidence(name, points, detail))
        verdict, blame = worst(checks)
        yield QuestionResult(
            name=name,
            title=about.title,
            points=total(check.points for check in checks),
            max_points=points,
            verdict=verdict,
            blame=blame,
            objectives=about.objectives,
            checks=checks,
        )


_COURSE = {"verdict": Verdict.GRADER_ERROR, "blame": Blame.COURSE}


def _no_evidence(name: str, points: float, detail: str) -> CheckResult:
    return CheckResult(
        name="grader",
        title="",
        points=None,
        max_points=points,
        message="",
        detail=f"{name}: {detail}",
        **_COURSE,
    )


def visible_of(run: Run) -> Iterator[VisibleCheck]:
    """What became of the cells whose checks the student sees too."""
    for record in run.cells:
        if record.cell.grade:
            yield VisibleCheck(question=record.cell.question, ok=record.error is None, message=_said(record))


def problems_of(run: Run) -> Iterator[CellProblem]:
    """Other cells that did not run to their end."""
    for record in run.problems:
        if not record.cell.grade:
            verdict = plugin.judge(record.error)[0]
            yield CellProblem(
                cell=record.number, name=record.cell.name, verdict=verdict, message=_said(record)
            )


def _said(record: CellRun) -> str:
    """Why a cell failed; cells see no hidden values, so the exception's own text may be shown."""
    error = record.error
    if not isinstance(error, StudentRaised):
        return str(error or "")
    if "NotImplementedError" in error.bases and not error.text:
        return "This is not written yet: it raises NotImplementedError."
    if "AssertionError" in error.bases and error.text:
        return error.text
    return f"{error.type_name}: {error.text}" if error.text else error.type_name


def _executed(handed_in: Submission, run: Run) -> str:
    records = {record.number: record for record in run.cells}
    cells = []
    for number, cell in enumerate(handed_in.cells, 1):
        if not cell.code:
            cells.append(nbformat.v4.new_markdown_cell(cell.source, id=f"cell-{number}"))
            continue
        record = records[number]
        cells.append(
            nbformat.v4.new_code_cell(
                cell.source,
                id=f"cell-{number}",
                outputs=record.outputs,
                execution_count=record.execution_count,
            )
        )
    notebook = nbformat.v4.new_notebook(cells=cells)
    notebook.metadata["kernelspec"] = {
        "name": "python3",
        "display_name": "Python 3 (ipykernel)",
        "language": "python",
    }
    return f"{nbformat.writes(notebook)}\n"


def _grading_files(exercise: Exercise) -> list[Path]:
    """Files of the course that decide the marks of an exercise."""
    shared = exercise.course.reference.glob("*.py")
    unit = exercise.reference.parent.glob("*.py")
    data = exercise.public_data.rglob("*") if exercise.public_data.is_dir() else ()
    return sorted(file for file in (*shared, *unit, *data) if file.is_file())


@cache
def _engine() -> bytes:
    """Hash of the autograder's own code, which decides marks too."""
    files = sorted(Path(__file__).parent.glob("*.py"))
    return digest(*(file.read_bytes() for file in files)).encode()


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes() if path.is_file() and path.stat().st_size < 2**28 else b"?"
    except OSError:
        return b""

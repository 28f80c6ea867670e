"""The figures of a class report: plain functions from a `ClassResult` to what is shown.

Nothing here words or formats anything; the templates do.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median

from autograder.result import (
    Blame,
    CheckResult,
    ClassResult,
    QuestionResult,
    SubmissionResult,
    Verdict,
    total,
)

Key = tuple[str, str, str]
"""Student, unit, exercise: which submission."""

BINS = 11
"""Of a histogram of shares: ten tenths, and full marks on their own."""


def ours(part: CheckResult | QuestionResult | SubmissionResult) -> bool:
    """Whether the course or the machine, not the student, is why this is as it is."""
    return part.blame in (Blame.COURSE, Blame.PLATFORM) or part.verdict in (
        Verdict.GRADER_ERROR,
        Verdict.PLATFORM_ERROR,
    )


def key(submission: SubmissionResult) -> Key:
    """Which submission this is."""
    return submission.student, submission.unit, submission.exercise


def natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """Sorting key by which `q10` comes after `q9`, whatever the case and the accents."""
    bare = re.sub(r"[\u0300-\u036f]", "", unicodedata.normalize("NFKD", text)).casefold()
    parts = re.findall(r"[0-9]{1,18}|[^0-9]+", bare)
    return tuple((0, int(part), "") if part[0] in "0123456789" else (1, 0, part) for part in parts)


def share(points: float | None, max_points: float) -> float | None:
    """Points as a share of 1; None when not marked or when there is nothing to get."""
    if points is None or max_points <= 0:
        return None
    return min(points / max_points, 1.0)


# the table: students by exercises and their questions


@dataclass(frozen=True)
class Column:
    """One exercise of the table, with its questions as (name, title, points to get)."""

    unit: str
    exercise: str
    max_points: float
    questions: tuple[tuple[str, str, float], ...]


@dataclass(frozen=True)
class Row:
    """One student: what was handed in, by exercise; None where nothing was."""

    student: str
    submissions: tuple[SubmissionResult | None, ...]

    @property
    def handed_in(self) -> list[SubmissionResult]:
        """The submissions that there are."""
        return [s for s in self.submissions if s is not None]

    @property
    def points(self) -> float | None:
        """Sum over what was handed in; None while a part of it is not marked."""
        return total(s.points for s in self.handed_in)

    @property
    def marked_points(self) -> float:
        """Sum over the questions that are marked."""
        return sum(s.points if s.points is not None else _marked_part(s) for s in self.handed_in)

    @property
    def max_points(self) -> float:
        """Points to get in what was handed in."""
        return sum(s.max_points for s in self.handed_in)


def columns(result: ClassResult) -> tuple[Column, ...]:
    """The exercises in the class, by unit and name, each with every question that occurs in it."""
    groups: dict[tuple[str, str], list[SubmissionResult]] = defaultdict(list)
    for submission in result.submissions:
        groups[submission.unit, submission.exercise].append(submission)
    return tuple(
        Column(unit, exercise, max(s.max_points for s in group), _questions(group))
        for (unit, exercise), group in sorted(groups.items(), key=lambda g: tuple(map(natural, g[0])))
    )


def rows(result: ClassResult, table: Sequence[Column]) -> tuple[Row, ...]:
    """The students by name, each with one place for each column of the table."""
    found = {key(s): s for s in result.submissions}
    students = sorted({s.student for s in result.submissions}, key=natural)
    return tuple(
        Row(name, tuple(found.get((name, column.unit, column.exercise)) for column in table))
        for name in students
    )


def _questions(group: Iterable[SubmissionResult]) -> tuple[tuple[str, str, float], ...]:
    found: dict[str, tuple[str, str, float]] = {}
    for submission in group:
        for q in submission.questions:
            found.setdefault(q.name, (q.name, q.title, q.max_points))
    return tuple(found.values())


def _marked_part(submission: SubmissionResult) -> float:
    return sum(q.points for q in submission.questions if q.points is not None)


# distributions


@dataclass(frozen=True)
class Histogram:
    """How many submissions got which share of their points."""

    bins: tuple[int, ...]
    left_out: int

    @property
    def count(self) -> int:
        """Submissions in the bins."""
        return sum(self.bins)


def histogram(submissions: Iterable[SubmissionResult]) -> Histogram:
    """Count submissions by share of points; what is not marked is left out and counted apart."""
    bins, left_out = [0] * BINS, 0
    for submission in submissions:
        part = share(submission.points, submission.max_points)
        if part is None:
            left_out += 1
        else:
            bins[int(part * (BINS - 1) + 1e-9)] += 1
    return Histogram(tuple(bins), left_out)


@dataclass(frozen=True)
class Objective:
    """How many students hold an objective, among those whose questions on it are all marked."""

    name: str
    held: int
    students: int
    left_out: int


def objectives(result: ClassResult) -> tuple[Objective, ...]:
    """Each objective by the students who hold it.

    A student holds an objective when every check passed in every question that carries it and was
    handed in. Who has such a question that is not marked yet is left out.
    """
    carried: dict[str, dict[str, list[QuestionResult]]] = defaultdict(lambda: defaultdict(list))
    for submission, question in _all_questions(result):
        for name in question.objectives:
            carried[name][submission.student].append(question)
    found = []
    for name in sorted(carried, key=natural):
        known = [qs for qs in carried[name].values() if not any(q.points is None or ours(q) for q in qs)]
        held = sum(all(_holds(q) for q in qs) for qs in known)
        found.append(Objective(name, held, len(known), len(carried[name]) - len(known)))
    return tuple(found)


def _holds(question: QuestionResult) -> bool:
    passed = Verdict.PASSED
    return question.verdict is passed and all(check.verdict is passed for check in question.checks)


@dataclass(frozen=True)
class HardCheck:
    """A check and how many of the submissions that it judged it did not pass."""

    unit: str
    exercise: str
    question: str
    name: str
    title: str
    missed: int
    judged: int
    verdicts: Mapping[Verdict, int]


def hardest(result: ClassResult, most: int = 10) -> tuple[HardCheck, ...]:
    """The checks that the largest share of submissions missed; errors of ours are no misses."""
    groups: dict[tuple[str, str, str, str], list[CheckResult]] = defaultdict(list)
    for submission, question in _all_questions(result):
        for check in question.checks:
            if check.points is not None and not ours(check):
                groups[submission.unit, submission.exercise, question.name, check.name].append(check)
    found = []
    for names, checks in groups.items():
        missed = Counter(c.verdict for c in checks if c.verdict is not Verdict.PASSED)
        found.append(
            HardCheck(*names, checks[0].title, missed.total(), len(checks), dict(missed.most_common()))
        )
    found.sort(key=lambda check: (-check.missed / check.judged, -check.missed))
    return tuple(check for check in found[:most] if check.missed)


# what needs the instructor


@dataclass(frozen=True)
class Matter:
    """One thing that needs the instructor, and the submissions that it concerns.

    `places` are (question, check), with an empty check when the whole question is meant; no place at
    all means the whole submission. `reason` is the last line of the detail, which a traceback ends in.
    """

    unit: str
    exercise: str
    verdict: Verdict
    blame: Blame
    message: str
    reason: str
    detail: str
    places: tuple[tuple[str, str], ...]
    submissions: tuple[SubmissionResult, ...]


@dataclass(frozen=True)
class _Fault:
    verdict: Verdict
    blame: Blame
    message: str
    detail: str
    place: tuple[str, str] | None = None

    @property
    def reason(self) -> str:
        lines = self.detail.strip().splitlines()
        return lines[-1].strip() if lines else ""


def matters(result: ClassResult) -> tuple[Matter, ...]:
    """Errors of the course or the machine, and what did not run or is not decided.

    What is equal but for its place is one matter: a grader that raises for each student is said once.
    """
    groups = defaultdict[tuple[str, str, Verdict, Blame, str, str], list[tuple[SubmissionResult, _Fault]]](
        list
    )
    for submission in result.submissions:
        for fault in _faults(submission):
            sort = (fault.verdict, fault.blame, fault.message, fault.reason)
            groups[submission.unit, submission.exercise, *sort].append((submission, fault))
    found = []
    for names, group in groups.items():
        places = dict.fromkeys(fault.place for _, fault in group if fault.place)
        concerned = {key(submission): submission for submission, _ in group}
        found.append(Matter(*names, group[0][1].detail, tuple(places), tuple(concerned.values())))
    return tuple(sorted(found, key=lambda matter: -len(matter.submissions)))


def needs_instructor(part: CheckResult | QuestionResult | SubmissionResult) -> bool:
    """Whether somebody has to look at this before it can count."""
    return ours(part) or part.verdict in (Verdict.NOT_RUN, Verdict.NOT_DECIDED) or part.points is None


def _faults(submission: SubmissionResult) -> Iterator[_Fault]:
    """The checks that need somebody, else the questions, else the submission as a whole."""
    if not needs_instructor(submission):
        return
    whole = _Fault(submission.verdict, submission.blame, submission.message, submission.detail)
    questions = [question for question in submission.questions if needs_instructor(question)]
    if not any(question.checks for question in questions):
        yield whole
        return
    for question in questions:
        checks = [check for check in question.checks if needs_instructor(check)]
        for check in checks:
            yield _Fault(check.verdict, check.blame, check.message, check.detail, (question.name, check.name))
        if not checks:
            yield replace(whole, verdict=question.verdict, blame=question.blame, place=(question.name, ""))


def notes(result: ClassResult) -> tuple[tuple[str, tuple[SubmissionResult, ...]], ...]:
    """What was restored or odd in the files, the most frequent first."""
    groups: dict[str, list[SubmissionResult]] = defaultdict(list)
    for submission in result.submissions:
        for note in dict.fromkeys(submission.notes):
            groups[note].append(submission)
    return tuple(sorted(((note, tuple(group)) for note, group in groups.items()), key=lambda g: -len(g[1])))


# time


@dataclass(frozen=True)
class Times:
    """How long the submissions of one exercise took, in seconds."""

    column: Column
    count: int
    median_s: float
    total_s: float
    slowest: SubmissionResult


def times(result: ClassResult, table: Iterable[Column]) -> tuple[Times, ...]:
    """Seconds by exercise."""
    found = []
    for column in table:
        group = of_column(result, column)
        seconds = [s.duration_s for s in group]
        slowest = max(group, key=lambda s: s.duration_s)
        found.append(Times(column, len(group), median(seconds), sum(seconds), slowest))
    return tuple(found)


def of_column(result: ClassResult, column: Column) -> list[SubmissionResult]:
    """The submissions of one exercise."""
    return [s for s in result.submissions if (s.unit, s.exercise) == (column.unit, column.exercise)]


def middle_share(result: ClassResult) -> float | None:
    """Median share of points over the marked submissions; None when there is none."""
    shares = [p for s in result.submissions if (p := share(s.points, s.max_points)) is not None]
    return median(shares) if shares else None


def _all_questions(result: ClassResult) -> Iterator[tuple[SubmissionResult, QuestionResult]]:
    for submission in result.submissions:
        for question in submission.questions:
            yield submission, question

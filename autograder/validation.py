"""Whether a course adds up: its questions, points, graders and releases.

And the proof: each solution is marked and must get all points, each blank release none.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder import cohort, plugin, release, submission
from autograder.course import Course, Exercise, Limits
from autograder.errors import AutograderError, CourseError, UnreadableSubmission
from autograder.grading import Work
from autograder.result import SubmissionResult, Verdict
from autograder.submission import POINTS_SUFFIX, Cell, Release


@dataclass(frozen=True)
class Fault:
    """Something that does not add up."""

    exercise: str
    what: str


@dataclass(frozen=True)
class Validation:
    """What `validate` found.

    Attributes
    ----------
    points : float
        Points of all exercises together.
    objectives : dict[str, list[str]]
        For each learning objective, the questions that carry it.
    """

    faults: tuple[Fault, ...]
    points: float
    objectives: dict[str, list[str]]

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        faults = [{"exercise": fault.exercise, "what": fault.what} for fault in self.faults]
        return {"faults": faults, "points": self.points, "objectives": self.objectives}


def validate(course: Course, exercises: Sequence[Exercise]) -> Validation:
    """Check these exercises, and mark each one's solution and blank release for real."""
    faults: list[Fault] = []
    objectives: dict[str, list[str]] = {}
    points = 0.0
    whole: list[Exercise] = []
    for exercise in exercises:
        try:
            released = submission.read_release(exercise)
            points += released.max_points
            outcome = plugin.run(exercise, None)
            found = [*_notebook_faults(exercise), *_grader_faults(exercise, released, outcome)]
            whole.append(exercise)
        except AutograderError as error:
            found, outcome = [str(error)], plugin.Outcome(())
        faults += [Fault(exercise.id, what) for what in found]
        for questions in outcome.found:
            for objective in questions.question.objectives:
                objectives.setdefault(objective, []).append(f"{exercise.id}/{questions.question.name}")
    faults += _release_faults(course, exercises)
    faults += _marking_faults(whole)
    return Validation(tuple(faults), points, dict(sorted(objectives.items())))


def _notebook_faults(exercise: Exercise) -> Iterator[str]:
    """What is wrong with the solution notebook's questions."""
    try:
        cells = submission.read_cells(exercise.solution, Limits(notebook_mb=1000))
    except UnreadableSubmission as error:
        raise CourseError(f"The solution notebook {exercise.solution} cannot be used: {error}") from error
    names = [cell.name for cell in cells if cell.name]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield f"several cells have the id {name!r}"
    yield from _pairs(cells)


def _pairs(cells: Iterable[Cell]) -> Iterator[str]:
    cells = list(cells)
    answers = {cell.question for cell in cells if cell.solution and not cell.grade}
    marks = {cell.question: cell for cell in cells if cell.grade}
    for question in sorted(answers - set(marks)):
        yield f"question {question!r} has no grade cell {question + POINTS_SUFFIX!r}"
    for question in sorted(set(marks) - answers):
        yield f"grade cell {marks[question].name!r} has no answer cell {question!r}"
    for question, cell in marks.items():
        if cell.points <= 0:
            yield f"grade cell {cell.name!r} gives no points"
        if not cell.locked:
            yield f"grade cell {cell.name!r} is not locked"
        if question == cell.name:
            yield f"the id of grade cell {cell.name!r} does not end in {POINTS_SUFFIX!r}"


def _silent(name: str, found: plugin.Found) -> Iterator[str]:
    """Questions and checks without the sentence that students read."""
    texts = {name: found.question.title}
    texts |= {f"{name}/{check.name}": check.title for check in found.checks}
    for where, text in texts.items():
        if not text:
            yield f"{where} has no docstring; it is the sentence that students read"


def _grader_faults(exercise: Exercise, released: Release, outcome: plugin.Outcome) -> Iterator[str]:
    """What is wrong with the grader, as far as can be seen without running it."""
    if outcome.broken:
        yield outcome.broken
    if not exercise.reference.is_file():
        yield f"the reference {exercise.reference} does not exist"
    asked = {found.question.name: found for found in outcome.found}
    for name, points in released.questions.items():
        if name not in asked:
            yield f"question {name!r} has no checks in {exercise.grader.name}"
            continue
        offered = sum(check.max_points for check in asked[name].checks)
        if offered != points:
            yield f"question {name!r}: its checks give {offered:g} points, its grade cell {points:g}"
    for name, found in asked.items():
        if name not in released.questions:
            yield f"{exercise.grader.name} has checks for {name!r}, which is no question of the notebook"
        if not found.question.objectives:
            yield f"question {name!r} carries no learning objective"
        yield from _silent(name, found)


def _release_faults(course: Course, exercises: Sequence[Exercise]) -> list[Fault]:
    try:
        return [Fault("exercises", what) for what in release.out_of_step(course, exercises)]
    except AutograderError as error:
        return [Fault("exercises", str(error))]


def _marking_faults(exercises: Sequence[Exercise]) -> list[Fault]:
    """Mark solutions and blank releases; full points for the ones, none for the others."""
    with tempfile.TemporaryDirectory(prefix="autograder-validate-") as folder:
        works = []
        for exercise in exercises:
            works.append(Work(exercise, "solution", exercise.solution, Path(folder)))
            works.append(Work(exercise, "blank", exercise.release, Path(folder)))
        result = cohort.mark(cohort.Cohort(tuple(works), (), ()))
    faults = []
    for marked in result.submissions:
        name = f"{marked.unit}/{marked.exercise}"
        faults += [Fault(name, what) for what in _mark_faults(marked)]
    return faults


def _mark_faults(marked: SubmissionResult) -> Iterator[str]:
    right = Verdict.PASSED if marked.student == "solution" else Verdict.FAILED
    points = marked.max_points if marked.student == "solution" else 0.0
    if (marked.points, marked.verdict) != (points, right):
        got = "no points" if marked.points is None else f"{marked.points:g} points"
        yield f"the {marked.student} notebook got {got} and {marked.verdict}, not {points:g} and {right}"
    for question in marked.questions:
        for check in question.checks:
            if check.verdict is not right:
                said = check.message or check.detail or marked.detail
                where = f"{question.name}/{check.name}"
                yield f"the {marked.student} notebook: {where} is {check.verdict}: {said}"

"""A small class with known results: right, wrong, half done, broken and hostile submissions.

`tests/corpus/demo/class.toml` says who hands in what and what it must get:

    [[student]]
    name = "Ada"
    exercise = "u1_fundamentals/01_gradient_descent"
    answers = { q1 = "right_matrix_form", q2 = "blank", q3 = "hostile.py" }
        # of the corpus, the stub, or a file beside class.toml; the solution's for other questions
    prepend = "patch_numpy.py"      # a cell of this source before all others
    append = …                      # a cell of this source after all others
    delete = ["q1_points"]          # cells that are gone
    alter = { q1_points = "pass" }  # cells with another source
    repeat = ["q1"]                 # cells that are there twice
    raw = "broken.ipynb"            # this file instead of a notebook
    points = 10
    verdict = "passed"
    questions = { q1 = 5 }          # points of single questions
    says = "was changed"            # text in its notes, messages or problems
"""

from __future__ import annotations

import copy
import json
import shutil
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from autograder import cohort, corpus
from autograder.cohort import Cohort
from autograder.course import Course, Exercise
from autograder.errors import CourseError
from autograder.result import Blame, ClassResult, SubmissionResult, Verdict, write_text


class Member(BaseModel):
    """One student of the class, what they hand in, and what it must get."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    exercise: str
    answers: dict[str, str] = {}
    prepend: str = ""
    append: str = ""
    delete: tuple[str, ...] = ()
    alter: dict[str, str] = {}
    repeat: tuple[str, ...] = ()
    raw: str = ""
    points: float
    verdict: Verdict
    blame: Blame | None = None
    questions: dict[str, float] = {}
    says: str = ""


def members(course: Course) -> tuple[Member, ...]:
    """The class of this course.

    Raises
    ------
    CourseError
        When the course has none, or its file is wrong.
    """
    path = _folder(course) / "class.toml"
    try:
        table = tomllib.loads(path.read_text("utf-8"))
        return tuple(Member.model_validate(entry) for entry in table["student"])
    except (OSError, KeyError, tomllib.TOMLDecodeError, ValidationError) as error:
        raise CourseError(f"The demo class {path} cannot be used: {error}") from error


def hand_in(course: Course, class_: Sequence[Member], output: Path, level: str) -> Cohort:
    """Write everybody's notebook below `output`/submitted, as nbgrader collects them."""
    submitted = output / "submitted"
    shutil.rmtree(submitted, ignore_errors=True)
    for member in class_:
        exercise = course.exercise(*member.exercise.partition("/")[::2])
        target = submitted / member.name / exercise.unit / f"{exercise.name}.ipynb"
        if member.raw:
            target.parent.mkdir(parents=True)
            shutil.copyfile(_folder(course) / member.raw, target)
        else:
            notebook = _notebook(course, exercise, member)
            write_text(target, json.dumps(notebook, indent=1, ensure_ascii=False) + "\n")
    return cohort.find(course, [submitted], output / "results", level)


def compare(class_: Sequence[Member], result: ClassResult) -> list[str]:
    """Each way in which a result is not what the submission must get."""
    results = {(s.student, f"{s.unit}/{s.exercise}"): s for s in result.submissions}
    surprises = []
    for member in class_:
        found = results.get((member.name, member.exercise))
        wrong = ["it was not marked"] if found is None else list(_differences(member, found))
        surprises += [f"{member.name}, {member.exercise}: {what}" for what in wrong]
    return surprises


def _differences(member: Member, found: SubmissionResult) -> Iterator[str]:
    if found.points != member.points:
        yield f"{found.points} points, not {member.points:g}"
    if found.verdict is not member.verdict:
        yield f"{found.verdict}, not {member.verdict}"
    if member.blame is not None and found.blame is not member.blame:
        yield f"blame {found.blame}, not {member.blame}"
    points = {question.name: question.points for question in found.questions}
    for name, most in member.questions.items():
        if points.get(name) != most:
            yield f"{name} has {points.get(name)} points, not {most:g}"
    if member.says not in found.model_dump_json():
        yield f"nothing in it says {member.says!r}"


def _notebook(course: Course, exercise: Exercise, member: Member) -> dict[str, Any]:
    """The released notebook with this member's answers and edits."""
    sources = {}
    for question, name in member.answers.items():
        sources[question] = _answer(course, exercise, question, name)
    notebook = corpus.compose(exercise, sources)
    cells: list[dict[str, Any]] = []
    for cell in notebook["cells"]:
        name = cell["metadata"].get("nbgrader", {}).get("grade_id", "")
        if name in member.delete:
            continue
        cell["source"] = member.alter.get(name, cell["source"])
        cells += [cell, copy.deepcopy(cell)] if name in member.repeat else [cell]
    before = [_cell(course, member.prepend)] if member.prepend else []
    after = [_cell(course, member.append)] if member.append else []
    return {**notebook, "cells": [*before, *cells, *after]}


def _answer(course: Course, exercise: Exercise, question: str, name: str) -> str:
    if name == corpus.BLANK:
        return corpus.BLANK
    if name.endswith(".py"):
        return (_folder(course) / name).read_text("utf-8")
    return corpus.read(exercise.corpus / question / f"{name}.py").source


def _cell(course: Course, name: str) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "id": f"added-{Path(name).stem}"[:64],
        "metadata": {},
        "source": (_folder(course) / name).read_text("utf-8"),
        "outputs": [],
        "execution_count": None,
    }


def _folder(course: Course) -> Path:
    return course.root / "tests" / "corpus" / "demo"

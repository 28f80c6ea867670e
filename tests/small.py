"""A small course of two questions, in a temporary folder, and ways to hand in answers to it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder.cohort import Cohort, mark
from autograder.course import Course, Exercise
from autograder.grading import Work
from autograder.result import SubmissionResult

GRADER = '''
"""Graders of the small course."""

import numpy as np

from autograder.plugin import Hidden, bracket, question
from autograder.student import Student
from reference.u1_small import double as reference


@question("q1", objectives=["O1"])
class TestDouble:
    """Doubling."""

    @bracket(2)
    def test_numbers(self, student: Student, hidden: Hidden) -> None:
        """A number is doubled."""
        for rng in hidden.rngs(3):
            x = float(rng.normal())
            assert student.double(x) == reference.double(x), "The result is not twice the number."

    @bracket(1)
    def test_arrays(self, student: Student) -> None:
        """An array is doubled."""
        got = student.double(np.arange(5.0))
        assert isinstance(got, np.ndarray) and got.shape == (5,), "The result is no array of the same length."
        assert (got == reference.double(np.arange(5.0))).all(), "The result is not twice the array."


@question("q2", objectives=["O2"])
class TestTriple:
    """Tripling."""

    @bracket(1)
    def test_numbers(self, student: Student) -> None:
        """A number is tripled."""
        assert student.triple(7) == 21, "The result is not three times the number."
'''

SETTINGS = """
[tool.autograder]
title = "Small course"
[tool.autograder.limits]
cell_s = 4
call_s = 2
total_s = 30
memory_mb = 1024
output_mb = 1
disk_mb = 16
processes = 64
"""

DOUBLE = "def double(x):\n    return x * 2"
TRIPLE = "def triple(x):\n    return x * 3"
STUB = "def {name}(x):\n    # YOUR CODE HERE\n    raise NotImplementedError()"


def role(**about: Any) -> dict[str, Any]:
    """nbgrader metadata of a cell."""
    plain = {"schema_version": 3, "solution": False, "grade": False, "locked": False, "task": False}
    return {"nbgrader": {**plain, **about}}


def notebook(q1: str, q2: str, *, before: str = "", after: str = "") -> dict[str, Any]:
    """A notebook of the small course as JSON data."""
    cells = [
        new_markdown_cell("# Double and triple", id="title"),
        new_code_cell("import math", id="imports"),
        new_code_cell(q1, id="q1", metadata=role(solution=True, grade_id="q1")),
        new_code_cell(
            "assert double(2) == 4, 'double(2) should be 4'",
            id="q1-points",
            metadata=role(grade=True, locked=True, points=3, grade_id="q1_points"),
        ),
        new_code_cell(q2, id="q2", metadata=role(solution=True, grade_id="q2")),
        new_code_cell(
            "assert triple(2) == 6, 'triple(2) should be 6'",
            id="q2-points",
            metadata=role(grade=True, locked=True, points=1, grade_id="q2_points"),
        ),
    ]
    if before:
        cells.insert(0, new_code_cell(before, id="before"))
    if after:
        cells.append(new_code_cell(after, id="after"))
    kernel = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
    made = new_notebook(cells=cells, metadata={"kernelspec": kernel})
    plain: dict[str, Any] = json.loads(nbformat.writes(made))
    return plain


@dataclass
class SmallCourse:
    """The small course and a folder for results."""

    course: Course
    submitted: Path
    results: Path

    @property
    def exercise(self) -> Exercise:
        """Its only exercise."""
        return self.course.exercises[0]

    def hand_in(self, student: str, content: dict[str, Any] | str | bytes) -> Path:
        """Write a submission where nbgrader would collect it."""
        path = self.submitted / student / "u1_small" / "01_double.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, dict):
            content = json.dumps(content)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def grade(self, content: dict[str, Any] | str | bytes, level: str = "auto") -> SubmissionResult:
        """Mark one submission."""
        path = self.hand_in("ada", content)
        work = Work(self.exercise, "ada", path, self.results, level)
        return mark(Cohort((work,), (), ()), again=True).submissions[0]


Marker = Callable[..., SubmissionResult]

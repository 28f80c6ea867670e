"""Fixtures that many tests share."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from autograder.course import Course
from autograder.result import SubmissionResult
from tests.small import DOUBLE, GRADER, SETTINGS, STUB, TRIPLE, Marker, SmallCourse, notebook


@pytest.fixture
def small(tmp_path: Path) -> SmallCourse:
    """A whole small course."""
    root = tmp_path / "course"
    for folder, q1, q2 in (
        ("solutions", DOUBLE, TRIPLE),
        ("exercises", STUB.format(name="double"), STUB.format(name="triple")),
    ):
        path = root / folder / "u1_small" / "01_double.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(notebook(q1, q2)))
    reference = root / "reference" / "u1_small"
    reference.mkdir(parents=True)
    (reference / "double.py").write_text('"""The oracle."""\n\n\ndef double(x):\n    return x + x\n')
    (reference / "test_double.py").write_text(GRADER)
    (root / "pyproject.toml").write_text(SETTINGS)
    return SmallCourse(Course(root), tmp_path / "submitted", tmp_path / "results")


@pytest.fixture(name="mark")
def marker(small: SmallCourse) -> Marker:
    """Mark a notebook of the small course with this answer to its first question."""

    def marked(q1: str = DOUBLE, q2: str = TRIPLE, **more: Any) -> SubmissionResult:
        level = more.pop("level", "auto")
        return small.grade(notebook(q1, q2, **more), level)

    return marked

"""Releases: what nbgrader makes of solutions, and when exercises/ is out of step."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder import release as releasing
from autograder.course import Course
from autograder.errors import CourseError, UsageError

pytestmark = pytest.mark.lab

SOLUTION = '''
def double(x):
    """Twice x."""
    ### BEGIN SOLUTION
    secret_way = x + x
    return secret_way
    ### END SOLUTION
'''.strip()


def role(**about: Any) -> dict[str, Any]:
    plain = {"schema_version": 3, "solution": False, "grade": False, "locked": False, "task": False}
    return {"nbgrader": {**plain, **about}}


def notebook(solution: str = SOLUTION) -> Any:
    output = nbformat.v4.new_output("stream", text="left over from the instructor's run\n")
    return new_notebook(
        cells=[
            new_markdown_cell("# Doubling — à faire", id="title"),
            new_code_cell(
                solution,
                id="q1",
                metadata=role(solution=True, grade_id="q1"),
                outputs=[output],
                execution_count=3,
            ),
            new_code_cell(
                "assert double(2) == 4",
                id="q1-points",
                metadata=role(grade=True, locked=True, grade_id="q1_points", points=2),
            ),
        ],
        metadata={
            "kernelspec": {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
        },
    )


def write(course: Course, unit: str, name: str, content: Any = None) -> Path:
    path = course.solutions / unit / f"{name}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(content or notebook(), path)
    return path


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """Two units; the first has two exercises and data."""
    root = tmp_path / "a course"
    course = Course(root)
    write(course, "u1_first", "01_double")
    write(course, "u1_first", "02_again")
    write(course, "u2_second", "01_other")
    data = course.solutions / "u1_first" / "data" / "deep"
    data.mkdir(parents=True)
    (data / "numbers.csv").write_bytes(b"x\r\n1\r\n\xff")
    (course.solutions / "u1_first" / ".ipynb_checkpoints").mkdir()
    (course.solutions / "u1_first" / ".ipynb_checkpoints" / "01_double-checkpoint.ipynb").write_text("{}")
    (root / "pyproject.toml").write_text("")
    return course


def everything(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_students_get_the_stub_and_no_solution(course: Course) -> None:
    paths = releasing.release(course, course.exercises)
    assert paths == [exercise.release for exercise in course.exercises]
    text = paths[0].read_text("utf-8")
    title, answer, grade = json.loads(text)["cells"]
    assert "secret_way" not in text
    assert "left over from" not in text
    assert "".join(answer["source"]).endswith("# YOUR CODE HERE\n    raise NotImplementedError()")
    assert '"""Twice x."""' in "".join(answer["source"])
    assert (title["id"], answer["id"], grade["id"]) == ("title", "q1", "q1-points")
    assert grade["metadata"]["nbgrader"]["checksum"]
    assert oct(paths[0].stat().st_mode & 0o777) == "0o644"


def test_data_are_released_byte_for_byte_and_checkpoints_are_not(course: Course) -> None:
    releasing.release(course, course.exercises)
    released = everything(course.exercises_dir)
    assert released["u1_first/data/deep/numbers.csv"] == b"x\r\n1\r\n\xff"
    assert sorted(released) == [
        "u1_first/01_double.ipynb",
        "u1_first/02_again.ipynb",
        "u1_first/data/deep/numbers.csv",
        "u2_second/01_other.ipynb",
    ]


def test_nothing_but_exercises_changes_and_a_second_release_changes_nothing(course: Course) -> None:
    before = everything(course.root)
    releasing.release(course, course.exercises)
    after = everything(course.root)
    assert {name: after[name] for name in before} == before
    assert all(name.startswith("exercises") for name in set(after) - set(before))
    stamps = [exercise.release.stat().st_mtime_ns for exercise in course.exercises]
    releasing.release(course, course.exercises)
    assert everything(course.root) == after
    assert [exercise.release.stat().st_mtime_ns for exercise in course.exercises] == stamps
    assert releasing.out_of_step(course, course.exercises) == []


def test_stock_nbgrader_makes_the_same_files(course: Course) -> None:
    releasing.release(course, course.select(("u1_first",)))
    ours = everything(course.exercises_dir)
    shutil.rmtree(course.exercises_dir)
    shutil.copy(Path(__file__).parents[1] / "nbgrader_config.py", course.root)
    programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    subprocess.run(
        [sys.executable, "-m", "nbgrader", "generate_assignment", "u1_first"],
        cwd=course.root,
        env={**os.environ, "PATH": programs, "JUPYTER_NO_CONFIG": "1"},
        check=True,
        capture_output=True,
    )
    assert everything(course.exercises_dir) == ours


def test_each_file_that_is_out_of_step_is_named(course: Course) -> None:
    releasing.release(course, course.exercises)
    write(course, "u1_first", "01_double", notebook(SOLUTION.replace("Twice x.", "x doubled.")))
    course.exercise("u1_first", "02_again").release.unlink()
    (course.exercises_dir / "u1_first" / "09_gone.ipynb").write_text("{}")
    (course.exercises_dir / "u9_gone").mkdir()
    (course.exercises_dir / "u9_gone" / "01_gone.ipynb").write_text("{}")
    (course.solutions / "u1_first" / "data" / "deep" / "numbers.csv").write_text("x\n2\n")
    before = everything(course.root)
    faults = releasing.out_of_step(course, course.exercises)
    assert everything(course.root) == before
    assert [fault.split()[0] for fault in faults] == [
        "exercises/u1_first/01_double.ipynb",
        "exercises/u1_first/02_again.ipynb",
        "exercises/u1_first/data/deep/numbers.csv",
        "exercises/u1_first/09_gone.ipynb",
        "exercises/u9_gone/01_gone.ipynb",
    ]
    assert "not what solutions/" in faults[0]
    assert "is missing" in faults[1]
    assert "left over" in faults[3]
    releasing.release(course, course.exercises)
    assert releasing.out_of_step(course, course.exercises) == []


def test_a_change_of_the_answer_alone_leaves_the_release_in_step(course: Course) -> None:
    releasing.release(course, course.exercises)
    write(course, "u2_second", "01_other", notebook(SOLUTION.replace("x + x", "2 * x")))
    assert releasing.out_of_step(course, course.select(("u2_second",))) == []


def test_one_exercise_is_released_without_touching_the_others(course: Course) -> None:
    chosen = course.select(("u1_first/01_double",))
    stray = course.exercises_dir / "u1_first" / "09_stray.ipynb"
    stray.parent.mkdir(parents=True)
    stray.write_text("{}")
    releasing.release(course, chosen)
    assert stray.exists()
    assert not course.exercise("u1_first", "02_again").release.exists()
    assert releasing.out_of_step(course, chosen) == []


def test_a_course_without_exercises_removes_nothing(tmp_path: Path) -> None:
    course = Course(tmp_path)
    course.solutions.mkdir()
    kept = course.exercises_dir / "u1" / "01_kept.ipynb"
    kept.parent.mkdir(parents=True)
    kept.write_text("{}")
    assert releasing.release(course, course.exercises) == []
    assert kept.exists()


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("def f():\n    ### BEGIN SOLUTION\n    return 1", "no end solution statement"),
        ("### BEGIN SOLUTION\n### BEGIN SOLUTION\n### END SOLUTION", "encountered nested begin solution"),
    ],
)
def test_nbgraders_reason_is_told_and_nothing_changes(course: Course, source: str, reason: str) -> None:
    write(course, "u1_first", "01_double", notebook(source))
    with pytest.raises(CourseError) as caught:
        releasing.release(course, course.exercises)
    problem = f"u1_first/01_double.ipynb: {reason}"
    assert str(caught.value).startswith(f"nbgrader cannot release u1_first:\n{problem}")
    assert not course.exercises_dir.exists()


@pytest.mark.parametrize(
    "content", ["not JSON", "[]", '{"cells": 3, "nbformat": 4, "nbformat_minor": 5}', "{}"]
)
def test_a_solution_that_is_no_notebook(course: Course, content: str) -> None:
    path = course.exercise("u2_second", "01_other").solution
    path.write_text(content)
    with pytest.raises(CourseError, match=r"01_other\.ipynb is no notebook that can be released"):
        releasing.release(course, course.exercises)


def test_cells_without_ids_are_refused(course: Course) -> None:
    path = course.exercise("u2_second", "01_other").solution
    data = json.loads(path.read_text())
    del data["cells"][1]["id"]
    path.write_text(json.dumps(data))
    with pytest.raises(CourseError, match="cell 2 has no id"):
        releasing.out_of_step(course, course.exercises)
    path.write_text(json.dumps(data | {"nbformat_minor": 4}))
    with pytest.raises(CourseError, match=r"older than nbformat 4\.5"):
        releasing.out_of_step(course, course.exercises)


def test_without_nbgrader_the_message_says_what_to_install(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(releasing, "find_spec", lambda name: None)
    with pytest.raises(UsageError, match=r"pip install 'mlhpc-autograder\[lab\]'"):
        releasing.release(course, course.exercises)


def test_nbgrader_that_hangs_is_stopped(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(releasing, "TIME_LIMIT_S", 0.01)
    with pytest.raises(CourseError, match=r"did not make the release within 0\.01 s"):
        releasing.release(course, course.exercises)

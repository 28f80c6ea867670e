"""The demo class: every kind of submission gets exactly what it must."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from autograder import demo
from autograder.course import Course
from autograder.errors import CourseError
from autograder.result import ClassResult

COURSE = Course(Path(__file__).parents[1])


def run_demo(output: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "autograder", "demo", "-o", str(output)]
    return subprocess.run(command, cwd=COURSE.root, capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_the_demo_class_gets_what_it_must_and_leaves_nothing_running(tmp_path: Path) -> None:
    first = run_demo(tmp_path / "demo")
    assert first.returncode == 0, first.stdout + first.stderr
    assert "got exactly what they must get" in first.stdout
    page = tmp_path / "demo" / "results" / "class.html"
    assert str(page) in first.stdout.replace("\n", "")
    assert not [
        p for p in psutil.process_iter(["cmdline"]) if str(tmp_path) in " ".join(p.info["cmdline"] or [])
    ]
    before = {path: path.stat().st_mtime_ns for path in page.parent.rglob("result.json")}
    second = run_demo(tmp_path / "demo")
    assert second.returncode == 0
    assert {path: path.stat().st_mtime_ns for path in before} == before
    for path in page.parent.rglob("feedback.html"):
        assert "release.secret" not in path.read_text()


def test_the_class_has_every_kind_of_submission() -> None:
    members = demo.members(COURSE)
    assert len(members) >= 14
    assert len({member.exercise for member in members}) == 3
    assert {str(member.verdict) for member in members} >= {
        "passed",
        "failed",
        "not_run",
        "crashed",
        "timed_out",
        "out_of_memory",
        "too_much_output",
    }


def test_a_result_that_is_not_what_it_must_be_is_told() -> None:
    members = demo.members(COURSE)
    surprises = demo.compare(members, ClassResult(submissions=()))
    assert len(surprises) == len(members)
    assert "was not marked" in surprises[0]


def test_a_course_without_a_class_says_so(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match=r"class\.toml"):
        demo.members(Course(tmp_path))


def test_broken_members_are_named(tmp_path: Path) -> None:
    folder = tmp_path / "tests" / "corpus" / "demo"
    folder.mkdir(parents=True)
    (folder / "class.toml").write_text('[[student]]\nname = "Ada"\nexercise = "u/e"\npints = 3\n')
    with pytest.raises(CourseError, match="pints"):
        demo.members(Course(tmp_path))

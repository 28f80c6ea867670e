"""A class: found whatever its layout, marked side by side, resumed after a kill, never marked twice."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import psutil
import pytest

from autograder.cohort import Cohort, find, mark
from autograder.errors import UsageError
from autograder.result import Blame, SubmissionResult, Verdict
from tests.small import DOUBLE, STUB, TRIPLE, SmallCourse, notebook

RIGHT = notebook(DOUBLE, TRIPLE)
WRONG = notebook("def double(x): return x", TRIPLE)


def found(small: SmallCourse, *paths: Path) -> Cohort:
    return find(small.course, paths or (small.submitted,), small.results)


def students(cohort: Cohort) -> list[str]:
    return sorted(work.student for work in cohort.works)


def test_a_tree_as_nbgrader_collects_it(small: SmallCourse) -> None:
    small.hand_in("ada", RIGHT)
    small.hand_in("bob", RIGHT)
    assert students(found(small)) == ["ada", "bob"]


def test_a_folder_of_notebooks_named_after_students(small: SmallCourse, tmp_path: Path) -> None:
    folder = tmp_path / "handed in"
    folder.mkdir()
    for name in ("ada_01_double.ipynb", "Bob B. - u1_small_01_double.ipynb", "zoe-01_double (1).ipynb"):
        (folder / name).write_text(json.dumps(RIGHT))
    cohort = found(small, folder)
    assert students(cohort) == ["Bob B", "ada", "zoe"]
    assert not cohort.refusals


def test_one_notebook_is_known_by_its_metadata_when_it_was_renamed(
    small: SmallCourse, tmp_path: Path
) -> None:
    path = tmp_path / "my homework.ipynb"
    content = {**RIGHT, "metadata": {**RIGHT["metadata"], "autograder": {"exercise": "u1_small/01_double"}}}
    path.write_text(json.dumps(content))
    assert students(found(small, path)) == ["my homework"]


def test_what_is_no_submission_is_refused_with_the_reason(small: SmallCourse, tmp_path: Path) -> None:
    small.hand_in("ada", RIGHT)
    foreign = small.submitted / "bob" / "u9_none" / "01_double.ipynb"
    foreign.parent.mkdir(parents=True)
    foreign.write_text(json.dumps(RIGHT))
    empty = tmp_path / "empty"
    empty.mkdir()
    text = tmp_path / "notes.txt"
    text.write_text("hello")
    riddle = tmp_path / "riddle.ipynb"
    riddle.write_text("{")
    cohort = found(small, small.submitted, empty, text, riddle)
    reasons = " ".join(refusal.reason for refusal in cohort.refusals)
    assert students(cohort) == ["ada"]
    assert len(cohort.refusals) == 4
    assert "no unit 'u9_none'" in reasons
    assert "no notebook (.ipynb) in it" in reasons
    assert "does not end in .ipynb" in reasons
    assert "not clear which exercise" in reasons


def test_a_missing_path_is_wrong_usage(small: SmallCourse) -> None:
    with pytest.raises(UsageError, match="does not exist"):
        found(small, small.submitted / "nobody")


def test_two_notebooks_of_one_student_are_not_guessed_between(small: SmallCourse, tmp_path: Path) -> None:
    other = tmp_path / "late" / "ada" / "u1_small" / "01_double.ipynb"
    other.parent.mkdir(parents=True)
    other.write_text(json.dumps(RIGHT))
    small.hand_in("ada", WRONG)
    small.hand_in("bob", RIGHT)
    result = mark(found(small, small.submitted, tmp_path / "late"))
    ada, bob = result.submissions
    assert (ada.points, ada.verdict) == (None, Verdict.NOT_RUN)
    assert "2 notebooks" in ada.message
    assert bob.points == 4


def test_odd_names_stay_themselves(small: SmallCourse) -> None:
    for name in ("a b", "quo\"te's", "Зоя 学生", "new\nline", "<script>alert(1)", "-rf", "$(touch x)"):
        small.hand_in(name, RIGHT)
    result = mark(found(small))
    assert {s.points for s in result.submissions} == {4}
    assert len(result.submissions) == 7


def test_the_same_folder_twice_is_each_submission_once(small: SmallCourse) -> None:
    small.hand_in("ada", RIGHT)
    cohort = found(small, small.submitted, small.submitted)
    assert (len(cohort.works), len(cohort.ambiguous)) == (1, 0)


def test_unchanged_work_is_not_marked_again(small: SmallCourse) -> None:
    marked: list[tuple[str, bool]] = []

    def note(result: SubmissionResult, now: bool) -> None:
        marked.append((result.student, now))

    small.hand_in("ada", RIGHT)
    small.hand_in("bob", WRONG)
    first = mark(found(small), progress=note)
    small.hand_in("bob", RIGHT)
    second = mark(found(small), progress=note)
    assert sorted(marked[:2]) == [("ada", True), ("bob", True)]
    assert sorted(marked[2:]) == [("ada", False), ("bob", True)]
    assert second.submissions[0] == first.submissions[0]
    assert second.submissions[1].points == 4


@pytest.mark.parametrize("part", ["grader", "reference", "release", "settings", "secret"])
def test_a_change_of_what_decides_the_marks_is_marked_again(small: SmallCourse, part: str) -> None:
    small.hand_in("ada", RIGHT)
    before = found(small).works[0].key
    path = {
        "grader": small.exercise.grader,
        "reference": small.exercise.reference,
        "release": small.exercise.release,
        "settings": small.course.root / "pyproject.toml",
        "secret": small.course.secret_file,
    }[part]
    text = path.read_text()
    path.write_text(text.replace("call_s = 2", "call_s = 3") if part == "settings" else text + "\n ")
    if part == "secret":
        path.write_text("other")
    course = type(small.course)(small.course.root)
    assert find(course, [small.submitted], small.results).works[0].key != before


def test_results_do_not_depend_on_workers_or_order(small: SmallCourse) -> None:
    for i in range(4):
        small.hand_in(f"s{i}", RIGHT if i % 2 else WRONG)
    one = mark(found(small), jobs=1, again=True)
    four = mark(found(small), jobs=4, again=True)
    assert [timeless(s) for s in one.submissions] == [timeless(s) for s in four.submissions]


def test_a_hostile_submission_delays_the_others_by_no_more_than_its_own_limit(small: SmallCourse) -> None:
    stubborn = "while True:\n    try:\n        while True: pass\n    except BaseException: pass"
    content = notebook(stubborn, stubborn, before=stubborn, after=stubborn)
    limit = small.course.settings.limits.total_s
    small.hand_in("mallory", content)
    result = mark(found(small))
    assert result.submissions[0].points == 0
    assert result.submissions[0].verdict is Verdict.TIMED_OUT
    assert result.submissions[0].duration_s < limit + 10  # generous: two seconds where nothing else runs


def test_a_grader_that_hangs_is_the_courses_fault(
    small: SmallCourse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("autograder.cohort.TRUSTED_GRACE_S", 1.0)
    path = small.course.root / "pyproject.toml"
    path.write_text(path.read_text().replace("total_s = 30", "total_s = 4"))
    grader = small.exercise.grader
    loop = "while True: pass\n        if 1:"
    grader.write_text(grader.read_text().replace("for rng in hidden.rngs(3):", loop))
    small.hand_in("ada", RIGHT)
    result = mark(find(type(small.course)(small.course.root), [small.submitted], small.results))
    ada = result.submissions[0]
    assert (ada.points, ada.verdict, ada.blame) == (None, Verdict.GRADER_ERROR, Blame.COURSE)


def test_a_killed_class_goes_on_where_it_stopped(small: SmallCourse, tmp_path: Path) -> None:
    for i in range(8):
        slow = "import time; time.sleep(1.2)" if i > 1 else ""
        small.hand_in(f"s{i}", notebook(DOUBLE if i % 2 else STUB.format(name="double"), TRIPLE, after=slow))
    command = [sys.executable, "-m", "autograder", "grade", str(small.submitted), "-o", str(small.results)]
    process = subprocess.Popen([*command, "-j", "2"], cwd=small.course.root, start_new_session=True)
    wait_for(lambda: len(list(small.results.rglob("result.json"))) >= 3)
    family = psutil.Process(process.pid).children(recursive=True)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    wait_for(lambda: not any(p.is_running() and p.status() != psutil.STATUS_ZOMBIE for p in family))
    done = {path: path.stat().st_mtime_ns for path in small.results.rglob("result.json")}
    assert 3 <= len(done) < 8
    subprocess.run(command, cwd=small.course.root, check=True, capture_output=True)
    assert {path: path.stat().st_mtime_ns for path in done} == done
    resumed = results(small.results)
    shutil.rmtree(small.results)
    subprocess.run(command, cwd=small.course.root, check=True, capture_output=True)
    assert resumed == results(small.results)
    assert len(resumed) == 8


def results(folder: Path) -> list[dict[str, Any]]:
    paths = sorted(folder.rglob("result.json"))
    return [timeless(SubmissionResult.model_validate_json(path.read_bytes())) for path in paths]


def timeless(result: SubmissionResult) -> dict[str, Any]:
    """A result without its times."""
    data: dict[str, Any] = json.loads(result.model_dump_json())
    for part in [data, *(check for question in data["questions"] for check in question["checks"])]:
        part.pop("duration_s")
    return data


def wait_for(condition: Any, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)

"""The command line: what it prints, and its documented exit codes."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner, Result

from autograder.cli import main
from tests.small import DOUBLE, STUB, TRIPLE, SmallCourse, notebook

RIGHT = notebook(DOUBLE, TRIPLE)
SCHEMAS = Path(__file__).parents[1] / "docs" / "schemas"

Run = Callable[..., Result]


@pytest.fixture
def run(small: SmallCourse) -> Run:
    """Run `autograder` on the small course."""

    def invoke(*arguments: str | Path) -> Result:
        return CliRunner().invoke(main, ["--course", str(small.course.root), *map(str, arguments)])

    return invoke


def grade(run: Run, small: SmallCourse, *more: str | Path) -> Result:
    return run("grade", small.submitted, "-o", small.results, *more)


def test_grade_prints_a_table_and_leaves_results_and_pages(run: Run, small: SmallCourse) -> None:
    small.hand_in("ada", RIGHT)
    small.hand_in("bob", notebook(DOUBLE, "def triple(x): return x"))
    answer = grade(run, small)
    assert answer.exit_code == 0, answer.output
    assert "4 of 4" in answer.output
    assert "3 of 4" in answer.output
    assert (small.results / "class.html").is_file()
    for student in ("ada", "bob"):
        folder = small.results / student / "u1_small" / "01_double"
        names = {path.name for path in folder.iterdir()}
        assert names >= {"result.json", "checks.jsonl", "executed.ipynb", "feedback.html"}


def test_results_follow_the_published_schemas(run: Run, small: SmallCourse) -> None:
    small.hand_in("ada", RIGHT)
    small.hand_in("bob", "{")
    answer = grade(run, small, "--json")
    whole = json.loads(answer.output)
    jsonschema.validate(whole, json.loads((SCHEMAS / "class.schema.json").read_text()))
    assert whole == json.loads((small.results / "class.json").read_text())
    assert whole["by_verdict"] == {"not_run": 1, "passed": 1}
    for path in small.results.rglob("result.json"):
        result = json.loads(path.read_text())
        jsonschema.validate(result, json.loads((SCHEMAS / "result.schema.json").read_text()))


UNREADABLE = {
    "not JSON": (b"{", "not JSON"),
    "no notebook": (b"[1, 2]", "no notebook"),
    "nbformat 3": (json.dumps({"nbformat": 3, "worksheets": []}).encode(), "format 3"),
    "not UTF-8": (b"\xff\xfe\x00", "not JSON"),
    "other language": (
        json.dumps({**RIGHT, "metadata": {"kernelspec": {"name": "ir", "language": "R"}}}).encode(),
        "written for R",
    ),
    "200 MB": (b'{"nbformat": 4, "cells": ["' + b"x" * (200 << 20) + b'"]}', "200 MiB"),
    "nested a million deep": (b"[" * 1_000_000, "not JSON"),
    "cells that are none": (json.dumps({"nbformat": 4, "cells": [1]}).encode(), "is no cell"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_an_unreadable_notebook_is_told_apart_and_the_others_are_marked(
    run: Run, small: SmallCourse, name: str
) -> None:
    content, says = UNREADABLE[name]
    small.hand_in("ada", RIGHT)
    small.hand_in("mallory", content)
    answer = grade(run, small)
    results = [json.loads(path.read_text()) for path in sorted(small.results.rglob("result.json"))]
    assert answer.exit_code == 2
    assert [result["points"] for result in results] == [4, 0]
    assert (results[1]["verdict"], results[1]["blame"]) == ("not_run", "student")
    assert says in results[1]["message"]


def test_links_and_pipes_are_not_followed(run: Run, small: SmallCourse) -> None:
    small.hand_in("ada", RIGHT)
    link = small.hand_in("mallory", "")
    link.unlink()
    link.symlink_to(small.exercise.solution)
    pipe = small.hand_in("oscar", "")
    pipe.unlink()
    os.mkfifo(pipe)
    folder = small.hand_in("trudy", "")
    folder.unlink()
    folder.mkdir()
    answer = grade(run, small)
    results = [json.loads(path.read_text()) for path in sorted(small.results.rglob("result.json"))]
    assert answer.exit_code == 2
    assert [result["points"] for result in results] == [4, 0, 0]
    assert "is a link" in results[1]["message"]
    assert "no ordinary file" in results[2]["message"]


def test_a_kernel_that_the_course_does_not_know_is_mentioned(run: Run, small: SmallCourse) -> None:
    small.hand_in("ada", {**RIGHT, "metadata": {"kernelspec": {"name": "conda-env-x", "language": "python"}}})
    assert grade(run, small).exit_code == 0
    result = json.loads(next(small.results.rglob("result.json")).read_text())
    assert result["points"] == 4
    assert "'conda-env-x'" in result["notes"][0]


def test_wrong_usage(run: Run, small: SmallCourse, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    for arguments, says in (
        (("grade", tmp_path / "missing", "-o", small.results), "does not exist"),
        (("grade", empty, "-o", small.results), "no notebook"),
        (("grade", empty), "--output"),
        (("nonsense",), "No such command"),
        (("release", "u9"), "no unit 'u9'"),
        (("validate", "u1_small/99_x"), "no exercise '99_x'"),
        (("check", tmp_path / "missing.ipynb"), "missing.ipynb"),
        (("report", tmp_path / "missing"), "missing"),
    ):
        answer = run(*arguments)
        assert answer.exit_code == 2, (arguments, answer.output)
        assert says in answer.output + answer.stderr


def test_outside_a_course_it_says_what_a_course_is(tmp_path: Path) -> None:
    answer = CliRunner().invoke(main, ["--course", str(tmp_path), "validate"])
    assert answer.exit_code == 2
    assert "No course found" in answer.stderr


def test_a_broken_grader_ends_in_3_and_costs_nobody_points(run: Run, small: SmallCourse) -> None:
    small.hand_in("ada", RIGHT)
    small.exercise.reference.unlink()
    assert grade(run, small).exit_code == 3
    result = json.loads(next(small.results.rglob("result.json")).read_text())
    assert (result["points"], result["blame"]) == (None, "course")


def test_broken_settings_end_in_3_with_the_place(run: Run, small: SmallCourse) -> None:
    small.hand_in("ada", RIGHT)
    (small.course.root / "pyproject.toml").write_text("[tool.autograder]\nlimit = 3\n")
    answer = grade(run, small)
    assert answer.exit_code == 3
    assert "pyproject.toml" in answer.stderr
    assert "limit" in answer.stderr


def test_isolation_that_is_not_there_stops_before_anything_is_marked(
    run: Run, small: SmallCourse, monkeypatch: pytest.MonkeyPatch
) -> None:
    small.hand_in("ada", RIGHT)
    reason = {"bubblewrap": "bubblewrap is not installed.", "process": ""}
    monkeypatch.setattr("autograder.sandbox.available", lambda: reason)
    answer = grade(run, small)
    assert answer.exit_code == 3
    assert "could read the hidden tests" in " ".join(answer.stderr.split())
    assert not list(small.results.rglob("result.json"))


def test_the_report_is_rebuilt_from_results_alone(run: Run, small: SmallCourse) -> None:
    small.hand_in("ada", RIGHT)
    grade(run, small)
    page = small.results / "class.html"
    before = page.read_text()
    page.unlink()
    shutil.rmtree(small.submitted)
    assert run("report", small.results).exit_code == 0
    assert page.read_text() == before


def test_a_student_checks_a_notebook(run: Run, small: SmallCourse) -> None:
    right = small.hand_in("ada", RIGHT)
    half = small.hand_in("bob", notebook(DOUBLE, STUB.format(name="triple")))
    answer = run("check", right)
    assert answer.exit_code == 0, answer.output
    assert "2 of 2 visible checks hold" in answer.output
    answer = run("check", half)
    assert answer.exit_code == 1
    assert "1 of 2 visible checks hold" in answer.output
    answer = run("check", half, "--json")
    assert [check["ok"] for check in json.loads(answer.output)["checks"]] == [True, False]


def test_validate_finds_what_does_not_add_up(run: Run, small: SmallCourse) -> None:
    pytest.importorskip("nbgrader")
    assert run("release").exit_code == 0
    answer = run("validate", "--json")
    assert json.loads(answer.output)["faults"] == []
    assert answer.exit_code == 0
    assert json.loads(answer.output)["objectives"] == {
        "O1": ["u1_small/01_double/q1"],
        "O2": ["u1_small/01_double/q2"],
    }
    grader = small.exercise.grader
    grader.write_text(
        grader.read_text()
        .replace("@bracket(2)", "@bracket(1)")
        .replace('@question("q2", objectives=["O2"])', '@question("q3")')
    )
    small.exercise.reference.write_text("def double(x):\n    return 3 * x\n")
    answer = run("validate")
    said = " ".join(answer.output.split())
    assert answer.exit_code == 1
    for fault in (
        "'q1': its checks give 2 points, its grade cell 3",
        "'q2' has no checks",
        "checks for 'q3', which is no question",
        "'q3' carries no learning objective",
        "the solution notebook got",
    ):
        assert fault in said, said


def test_release_check_finds_a_stale_release(run: Run, small: SmallCourse) -> None:
    pytest.importorskip("nbgrader")
    run("release")
    assert run("release", "--check").exit_code == 0
    text = small.exercise.solution.read_text()
    small.exercise.solution.write_text(text.replace("Double and triple", "Triple and double"))
    answer = run("release", "--check")
    assert answer.exit_code == 1
    assert "01_double" in answer.output


def test_doctor_says_what_this_machine_can_do(run: Run) -> None:
    answer = run("doctor")
    assert answer.exit_code == 0
    assert "bubblewrap" in answer.output
    findings = json.loads(run("doctor", "--json").output)
    assert {"topic", "ok", "what", "mend"} <= set(findings[0])

"""Reading hostile notebooks: a `Submission` or a sentence for the student, and locked cells as released."""

from __future__ import annotations

import contextlib
import json
import os
import random
import socket
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autograder import submission
from autograder.course import Course, Exercise, Limits
from autograder.errors import CourseError, UnreadableSubmission
from autograder.submission import Cell, Release, Submission
from tests.small import DOUBLE, STUB, TRIPLE, SmallCourse, notebook

OFTEN = settings(
    max_examples=200,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


def read(small: SmallCourse, content: Any) -> Submission:
    """The small course's view of a file with this content."""
    path = small.hand_in("ada", content)
    return submission.read(path, small.exercise, submission.read_release(small.exercise))


def with_cells(*cells: Any, **more: Any) -> dict[str, Any]:
    return {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": list(cells), **more}


def cell(source: Any = "x = 1", **more: Any) -> dict[str, Any]:
    return {"cell_type": "code", "metadata": {}, "source": source, "outputs": [], **more}


def language(**about: Any) -> dict[str, Any]:
    return {**notebook(DOUBLE, TRIPLE), "metadata": about}


# ---------------------------------------------------------------- what can be read


def test_a_notebook_is_read_as_it_runs(small: SmallCourse) -> None:
    found = read(small, notebook(DOUBLE, TRIPLE))
    assert found.notes == ()
    assert [c.name for c in found.cells] == ["", "", "q1", "q1_points", "q2", "q2_points"]
    assert found.cells[2] == Cell("q1", DOUBLE, solution=True)
    assert len(found.sha256) == 64


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf" + json.dumps(notebook(DOUBLE, TRIPLE)).encode(),
        json.dumps(notebook(DOUBLE, TRIPLE), indent=1).replace("\n", "\r\n").encode(),
        {**notebook(DOUBLE, TRIPLE), "nbformat_minor": 2},
        {**notebook(DOUBLE, TRIPLE), "nbformat_minor": 99, "future": True},
        language(),
        language(kernelspec=None),
        language(kernelspec={"name": "python3"}),
        language(language_info={"name": "python"}),
        language(kernelspec={"name": "python3", "language": "IPython"}),
    ],
    ids=["BOM", "CRLF", "4.2", "4.99", "no metadata", "null", "no language", "language info", "IPython"],
)
def test_harmless_oddities_are_read_without_a_word(small: SmallCourse, content: Any) -> None:
    found = read(small, content)
    assert found.notes == ()
    assert found.cells[2].source == DOUBLE


def test_a_source_of_lines_is_joined(small: SmallCourse) -> None:
    content = notebook(DOUBLE, TRIPLE)
    content["cells"][2]["source"] = DOUBLE.splitlines(keepends=True)
    assert read(small, content).cells[2].source == DOUBLE


def test_a_cell_without_a_source_is_empty(small: SmallCourse) -> None:
    content = notebook(DOUBLE, TRIPLE)
    del content["cells"][1]["source"]
    assert read(small, content).cells[1].source == ""


@pytest.mark.parametrize("kernel", ["conda-env-ml-py", "python-venv", "<b>3</b>"])
def test_an_unknown_kernel_is_mentioned(small: SmallCourse, kernel: str) -> None:
    (note,) = read(small, language(kernelspec={"name": kernel, "language": "python"})).notes
    assert kernel in note
    assert "this course's Python" in note


@pytest.mark.parametrize("odd", [None, 7, [], {}, True, "x" * 10**6, "\ud800"])
def test_ids_of_any_type_are_taken_as_they_come(small: SmallCourse, odd: Any) -> None:
    added = cell(
        id=odd, metadata={"nbgrader": {"grade_id": odd, "solution": True, "locked": True, "points": odd}}
    )
    content = notebook(DOUBLE, TRIPLE)
    content["cells"].append(added)
    found = read(small, content)
    assert found.cells[-1] == Cell("", "x = 1")
    assert found.cells[:-1] == read(small, notebook(DOUBLE, TRIPLE)).cells


# ---------------------------------------------------------------- what cannot

UNREADABLE: dict[str, tuple[Any, str]] = {
    "empty": (b"", "not JSON"),
    "text": (b"print('hello')", "not JSON"),
    "half saved": (json.dumps(notebook(DOUBLE, TRIPLE))[:-40], "not JSON"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "not JSON"),
    "UTF-16": (json.dumps(notebook(DOUBLE, TRIPLE)).encode("utf-16"), "not JSON"),
    "Latin-1": (json.dumps(notebook("'é'", ""), ensure_ascii=False).encode("latin-1"), "not JSON"),
    "deep lists": (b"[" * 10**6, "not JSON"),
    "deep notebook": (b'{"nbformat": 4, "cells": ' + b"[" * 10**5 + b"]" * 10**5 + b"}", "not JSON"),
    "a long number": (b'{"nbformat": ' + b"4" * 10**5 + b"}", "not JSON"),
    "a list": (b"[1, 2]", "no notebook"),
    "a table": (b'{"cells": []}', "no notebook"),
    "format 3": ({"nbformat": 3, "worksheets": []}, "in format 3; format 4 is needed"),
    "format 5": ({"nbformat": 5, "cells": []}, "in format 5"),
    "format of text": ({"nbformat": "4" * 10**6, "cells": []}, "in format 444"),
    "no cells": ({"nbformat": 4}, "no list of cells"),
    "cells of text": ({"nbformat": 4, "cells": "abc"}, "no list of cells"),
    "a cell that is none": (with_cells(cell(), 7), "Cell 2 of the notebook is no cell"),
    "a source that is none": (with_cells(cell(7)), "Cell 1 of the notebook has no text"),
    "a source of numbers": (with_cells(cell(["a", 7])), "Cell 1 of the notebook has no text"),
    "R": (language(kernelspec={"name": "ir", "language": "R"}), "written for R; .* Python 3"),
    "Julia": (language(language_info={"name": "julia"}), "written for julia"),
    "a language of lists": (language(kernelspec={"language": ["R"]}), "written for"),
    "many cells": (with_cells(*[{}] * 2001), "has 2001 cells; at most 2000"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_is_no_notebook_is_told_in_words(small: SmallCourse, name: str) -> None:
    content, message = UNREADABLE[name]
    with pytest.raises(UnreadableSubmission, match=message) as caught:
        read(small, content)
    assert len(str(caught.value)) < 400


def test_a_million_cells_are_refused_quickly(small: SmallCourse) -> None:
    content = b'{"nbformat": 4, "cells": [' + b"{}," * 10**6 + b"{}]}"
    started = time.process_time()
    with pytest.raises(UnreadableSubmission, match="1000001 cells"):
        read(small, content)
    assert time.process_time() - started < 5


def test_a_file_that_is_too_large_is_not_read(small: SmallCourse) -> None:
    path = small.hand_in("ada", b"")
    os.truncate(path, 200 << 20)
    with pytest.raises(UnreadableSubmission, match=r"200 MiB; at most 20 MiB .* Clear its outputs"):
        submission.read(path, small.exercise, submission.read_release(small.exercise))


def place(small: SmallCourse) -> Path:
    path = small.hand_in("ada", b"")
    path.unlink()
    return path


def refused(small: SmallCourse, path: Path, message: str) -> None:
    with pytest.raises(UnreadableSubmission, match=message):
        submission.read(path, small.exercise, submission.read_release(small.exercise))


@pytest.mark.parametrize("target", ["../../../secret", "/etc/passwd", "nowhere", "01_double.ipynb"])
def test_links_are_not_followed(small: SmallCourse, target: str) -> None:
    path = place(small)
    path.symlink_to(target)
    refused(small, path, "is a link")


def test_a_pipe_is_not_waited_for(small: SmallCourse) -> None:
    path = place(small)
    os.mkfifo(path)
    refused(small, path, "no ordinary file")


def test_a_folder_a_socket_and_a_device_are_no_notebooks(small: SmallCourse, tmp_path: Path) -> None:
    path = place(small)
    path.mkdir()
    refused(small, path, "is a folder")
    refused(small, Path("/dev/null"), "no ordinary file")
    with socket.socket(socket.AF_UNIX) as ear, contextlib.chdir(tmp_path):
        ear.bind("ear")
        refused(small, Path("ear"), "cannot be opened")


def test_a_missing_file_is_told(small: SmallCourse) -> None:
    refused(small, place(small), "cannot be opened: No such file")


def test_a_name_that_no_file_can_have_is_told(small: SmallCourse) -> None:
    refused(small, Path("a\0b.ipynb"), "cannot be opened")
    refused(small, Path("x" * 5000), "cannot be opened")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_told(small: SmallCourse) -> None:
    path = small.hand_in("ada", notebook(DOUBLE, TRIPLE))
    path.chmod(0)
    refused(small, path, "cannot be opened: Permission denied")


def test_a_release_that_cannot_be_read_is_the_courses_fault(small: SmallCourse) -> None:
    small.exercise.release.write_text("{}")
    with pytest.raises(CourseError, match="autograder release u1_small"):
        submission.read_release(small.exercise)


# ---------------------------------------------------------------- anything at all

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=10,
)
about = st.fixed_dictionaries(
    {},
    optional={
        "grade_id": st.sampled_from(["q1", "q1_points", "q2", "q2_points", "imports"]) | anything,
        "solution": st.booleans() | anything,
        "grade": st.booleans() | anything,
        "locked": st.booleans() | anything,
        "points": st.floats() | anything,
    },
)
cells = st.fixed_dictionaries(
    {},
    optional={
        "id": anything,
        "cell_type": st.sampled_from(["code", "markdown", "raw"]) | anything,
        "source": st.text() | st.lists(st.text()) | anything,
        "metadata": st.fixed_dictionaries({}, optional={"nbgrader": about | anything}) | anything,
        "outputs": anything,
    },
)
notebooks = st.fixed_dictionaries(
    {"nbformat": st.just(4) | anything, "cells": st.lists(cells | anything, max_size=8) | anything},
    optional={
        "metadata": st.fixed_dictionaries({}, optional={"kernelspec": anything, "language_info": anything})
        | anything
    },
)


def sound(found: Submission) -> None:
    """A submission has nothing in it but what cells may have."""
    assert all(type(c.source) is str and type(c.name) is str for c in found.cells)
    assert all(type(note) is str for note in found.notes)


@OFTEN
@given(notebooks)
def test_anything_like_a_notebook_is_read_or_refused(small: SmallCourse, content: dict[str, Any]) -> None:
    with contextlib.suppress(UnreadableSubmission):
        sound(read(small, json.dumps(content)))


@OFTEN
@given(st.randoms(use_true_random=False))
def test_damaged_files_are_read_or_refused(small: SmallCourse, rng: random.Random) -> None:
    raw = bytearray(json.dumps(notebook(DOUBLE, TRIPLE)).encode())
    for _ in range(rng.randint(1, 6)):
        at = rng.randrange(len(raw))
        raw[at : at + rng.randint(0, 40)] = rng.randbytes(rng.randint(0, 3))
    with contextlib.suppress(UnreadableSubmission):
        sound(read(small, bytes(raw)))


# ---------------------------------------------------------------- locked cells


def locked(found: tuple[Cell, ...]) -> list[Cell]:
    return sorted((c for c in found if c.locked), key=lambda c: c.name)


@st.composite
def altered(draw: st.DrawFn) -> dict[str, Any]:
    """The small notebook cut, shuffled, duplicated, renamed and rewritten."""
    content = notebook(DOUBLE, TRIPLE)
    kept = draw(st.lists(st.sampled_from(content["cells"]), max_size=12))
    rewritten = [dict(c, source=draw(st.sampled_from([c["source"], "changed", ""]))) for c in kept]
    for one in rewritten:
        one["cell_type"] = draw(st.sampled_from([one["cell_type"], "markdown", "code"]))
        if draw(st.integers(0, 5)) == 0:
            one["metadata"] = {}
    return with_cells(*rewritten)


@settings(OFTEN, max_examples=400)
@given(altered())
def test_every_locked_cell_is_there_once_as_released(small: SmallCourse, content: dict[str, Any]) -> None:
    release = submission.read_release(small.exercise)
    found = read(small, content)
    assert locked(found.cells) == locked(release.cells)
    graded = [c.name for c in found.cells if c.grade or c.solution]
    assert len(graded) == len(set(graded))


@settings(OFTEN, max_examples=200)
@given(st.data())
def test_locked_cells_of_any_release_come_back_in_order(data: st.DataObject) -> None:
    count = data.draw(st.integers(1, 6))
    release = Release(
        tuple(Cell(f"c{i}", f"original {i}", locked=data.draw(st.booleans())) for i in range(count))
    )
    left = data.draw(st.lists(st.sampled_from(release.cells), unique=True))
    merged, notes = submission._restore(tuple(sorted(left, key=release.cells.index)), release)
    assert [c for c in merged if c.locked] == [c for c in release.cells if c.locked]
    assert len(notes) == len([c for c in release.cells if c.locked and c not in left])


def test_an_answer_stays_the_students(small: SmallCourse) -> None:
    found = read(small, notebook("my = 1", "own = 2"))
    assert [c.source for c in found.cells if c.solution] == ["my = 1", "own = 2"]
    assert found.notes == ()


def test_roles_come_from_the_release_not_from_the_file(small: SmallCourse) -> None:
    content = notebook(DOUBLE, TRIPLE)
    content["cells"][3]["metadata"]["nbgrader"].update(points=1000, locked=False)
    content["cells"].append(cell(metadata={"nbgrader": {"grade_id": "mine", "grade": True, "points": 99}}))
    found = read(small, content)
    assert found.cells[3].points == 3
    assert (found.cells[-1].name, found.cells[-1].points, found.cells[-1].grade) == ("", 0, False)


def test_changes_are_named(small: SmallCourse) -> None:
    content = notebook(DOUBLE, TRIPLE)
    content["cells"][3]["source"] = "assert True"
    content["cells"].append(content["cells"][2])
    del content["cells"][5], content["cells"][4]
    notes = " ".join(read(small, content).notes)
    assert "locked cell 'q1_points' was changed" in notes
    assert "2 cells have the id 'q1'" in notes
    assert "answer cell 'q2' is missing" in notes
    assert "locked cell 'q2_points' was deleted" in notes


def test_a_renumbered_line_end_is_no_change(small: SmallCourse) -> None:
    content = notebook(DOUBLE, TRIPLE)
    release = small.exercise.release
    text = json.loads(release.read_text())
    for one in (content["cells"][3], text["cells"][3]):
        one["source"] = "a = 1\nb = 2"
    release.write_text(json.dumps(text))
    content["cells"][3]["source"] = ["a = 1\n", "b = 2"]
    assert read(small, content).notes == ()


# ---------------------------------------------------------------- whose notebook it is


@pytest.mark.parametrize(
    ("metadata", "claim"),
    [
        ({"autograder": {"exercise": "u1_small/01_double"}}, "u1_small/01_double"),
        ({"autograder": {"exercise": ["u1"]}}, ""),
        ({"autograder": "u1"}, ""),
        ({}, ""),
        (None, ""),
    ],
)
def test_the_exercise_that_a_notebook_claims(tmp_path: Path, metadata: Any, claim: str) -> None:
    path = tmp_path / "any name.ipynb"
    path.write_text(json.dumps(with_cells(metadata=metadata)))
    assert submission.claimed_exercise(path) == claim


def test_what_cannot_be_read_claims_nothing(tmp_path: Path) -> None:
    assert submission.claimed_exercise(tmp_path) == ""
    assert submission.claimed_exercise(tmp_path / "nothing.ipynb") == ""


def test_limits_are_the_exercises_own(small: SmallCourse) -> None:
    settings_file = small.course.root / "pyproject.toml"
    settings_file.write_text(
        '[tool.autograder.exercises."u1_small/01_double"]\ncells = 3\nnotebook_mb = 0.5\n', "utf-8"
    )
    course = Course(small.course.root)
    (exercise,) = course.exercises
    assert isinstance(exercise, Exercise)
    assert exercise.limits == Limits(cells=3, notebook_mb=0.5)
    path = small.hand_in("ada", notebook(DOUBLE, STUB.format(name="triple")))
    with pytest.raises(UnreadableSubmission, match="at most 3 are allowed"):
        submission.read(path, exercise, submission.read_release(exercise))

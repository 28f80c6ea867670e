"""Solutions → exercises: the notebooks that students get, made by nbgrader.

    solutions/<unit>/<exercise>.ipynb  ─nbgrader generate_assignment→  exercises/<unit>/<exercise>.ipynb
    solutions/<unit>/data/…            ─copied by nbgrader→            exercises/<unit>/data/…

nbgrader works in a process and a folder of its own and without a gradebook, so a release changes nothing but
exercises/. The course's nbgrader_config.py counts; one person's own Jupyter settings don't, so that everybody
makes the same files.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from autograder.course import Course, Exercise
from autograder.errors import CourseError, UsageError

CONFIG = "nbgrader_config.py"
TIME_LIMIT_S = 300
UNSEEN = shutil.ignore_patterns(".*", "__pycache__", "*.pyc", "*.ipynb")
"""Files beside the notebooks that no student needs; notebooks are copied one by one."""


def release(course: Course, exercises: Sequence[Exercise]) -> list[Path]:
    """Make the students' notebooks of these exercises, and copy the data that lie beside them.

    What is unchanged is not written again. A file of exercises/ that no source makes any more is removed when
    all exercises of its unit are asked for.

    Returns
    -------
    list[Path]
        The released notebooks.

    Raises
    ------
    CourseError
        When nbgrader refuses a solution; the message holds its reason. Nothing is then changed.
    UsageError
        When nbgrader is not installed.
    """
    with _made(course, exercises) as folder:
        for path in _files(folder):
            target = course.exercises_dir / path
            if not _same(folder / path, target):
                _put(folder / path, target)
        for path in _left_over(course, exercises, folder):
            (course.exercises_dir / path).unlink()
    return [exercise.release for exercise in exercises]


def out_of_step(course: Course, exercises: Sequence[Exercise]) -> list[str]:
    """What a new release would change, as one sentence for each file; changes nothing.

    Raises
    ------
    CourseError, UsageError
        As `release`.
    """
    with _made(course, exercises) as folder:
        faults = [_fault(course, folder, path) for path in _files(folder)]
        gone = [
            f"{_shown(course, path)} is left over: nothing in {course.solutions.name}/ makes it. "
            "Delete it, or run `autograder release`."
            for path in _left_over(course, exercises, folder)
        ]
    return [*filter(None, faults), *gone]


def _fault(course: Course, folder: Path, path: Path) -> str:
    released = course.exercises_dir / path
    if not released.is_file():
        return f"{_shown(course, path)} is missing. Run `autograder release`."
    if _same(folder / path, released):
        return ""
    return (
        f"{_shown(course, path)} is not what {course.solutions.name}/{path.as_posix()} gives now. "
        "Run `autograder release`."
    )


def _shown(course: Course, path: Path) -> str:
    return f"{course.exercises_dir.name}/{path.as_posix()}"


@contextmanager
def _made(course: Course, exercises: Sequence[Exercise]) -> Iterator[Path]:
    """A temporary folder that holds the release of these exercises, laid out like exercises/."""
    if find_spec("nbgrader") is None:
        raise UsageError(
            "Releases are made by nbgrader, which is not installed: pip install 'mlhpc-autograder[lab]'."
        )
    with tempfile.TemporaryDirectory(prefix="autograder-release-") as name:
        root = Path(name)
        if (config := course.root / CONFIG).is_file():
            shutil.copy(config, root)
        (root / "release").mkdir()
        for exercise in exercises:
            _copy_source(exercise, root / "source" / exercise.unit)
        if exercises:
            _generate(root, exercises)
        yield root / "release"


def _copy_source(exercise: Exercise, folder: Path) -> None:
    """Copy the solution, and at a unit's first exercise what lies beside it."""
    if not folder.exists():
        shutil.copytree(exercise.solution.parent, folder, ignore=UNSEEN)
    _refuse_without_ids(exercise)
    shutil.copy(exercise.solution, folder)


def _refuse_without_ids(exercise: Exercise) -> None:
    """Cells without an id would get another one at each release."""
    try:
        notebook = json.loads(exercise.solution.read_text("utf-8"))
        bare = [number for number, cell in enumerate(notebook["cells"], 1) if not cell.get("id")]
        old = (notebook["nbformat"], notebook["nbformat_minor"]) < (4, 5)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise CourseError(
            f"{exercise.solution} is no notebook that can be released: {type(error).__name__}: {error}. "
            "Open it in JupyterLab and save it again."
        ) from error
    if old or bare:
        which = "it is older than nbformat 4.5" if old else f"cell {bare[0]} has no id"
        raise CourseError(
            f"{exercise.solution} cannot be released the same way twice: {which}. Open it in JupyterLab and "
            "save it again; that gives each cell an id."
        )


def _generate(root: Path, exercises: Sequence[Exercise]) -> None:
    """Run `nbgrader generate_assignment` for all units at once, from root/source to root/release."""
    places = {"root": root, "source_directory": "source", "release_directory": "release"}
    command = [sys.executable, "-m", "nbgrader", "generate_assignment", "*", "--no-db", "--force"]
    command += [f"--CourseDirectory.{name}={place}" for name, place in places.items()]
    try:
        done = subprocess.run(
            command,
            cwd=root,
            env=_environment(root),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=TIME_LIMIT_S,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise CourseError(f"nbgrader did not make the release within {TIME_LIMIT_S} s.") from error
    made = root / "release"
    refused = [e for e in exercises if not (made / e.unit / f"{e.name}.ipynb").is_file()]
    if done.returncode or refused:
        units = dict.fromkeys(exercise.unit for exercise in refused or exercises)
        raise CourseError(f"nbgrader cannot release {', '.join(units)}:\n{_reason(done.stderr, root)}")


def _environment(root: Path) -> dict[str, str]:
    """Ours, but with this Python's programs first and with nobody's own Jupyter settings."""
    programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    places = {f"JUPYTER_{name}_DIR": str(root / f"jupyter-{name.lower()}") for name in ("CONFIG", "RUNTIME")}
    return {**os.environ, **places, "JUPYTER_NO_CONFIG": "1", "PATH": programs, "TMPDIR": str(root)}


def _reason(log: str, root: Path) -> str:
    """The part of nbgrader's log that says what is wrong: notebook and exception, one a line."""
    lines: dict[str, None] = {}
    notebook, traceback = "", False
    for line in log.splitlines():
        if line.startswith("["):
            traceback = "Traceback" in line
        if found := re.search(r"\| INFO\] Converting notebook (.+)", line):
            notebook = os.path.relpath(os.path.realpath(found[1]), os.path.realpath(root / "source"))
        elif traceback and (found := re.match(r" {4}(?:\w+\.)*\w*(?:Error|Exception): (.+)", line)):
            lines[f"{notebook}: {found[1]}"] = None
    return "\n".join(lines) or log.strip()[-2000:] or "it does not say why"


def _files(folder: Path) -> list[Path]:
    """Every file below, as paths relative to it; hidden ones are nobody's business."""
    found = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return sorted(path for path in found if not any(part.startswith(".") for part in path.parts))


def _left_over(course: Course, exercises: Sequence[Exercise], folder: Path) -> list[Path]:
    """Files of exercises/ that this release would not make."""
    if not course.exercises_dir.is_dir():
        return []
    chosen, made = set(exercises), set(_files(folder))
    partly = {exercise.unit for exercise in course.exercises if exercise not in chosen}
    whole = {exercise.unit for exercise in exercises} - partly
    if exercises and not partly:  # the whole course: units that it no longer has are left over, too
        whole |= {path.name for path in course.exercises_dir.iterdir() if path.is_dir()} - set(course.units)
    released = (path for path in _files(course.exercises_dir) if path.parts[0] in whole)
    return [path for path in released if path not in made]


def _same(one: Path, other: Path) -> bool:
    """Whether two files say the same: notebooks cell by cell, other files byte by byte."""
    if not other.is_file():
        return False
    mine, theirs = one.read_bytes(), other.read_bytes()
    if mine == theirs:
        return True
    try:
        return one.suffix == ".ipynb" and bool(json.loads(mine) == json.loads(theirs))
    except ValueError:
        return False


def _put(source: Path, target: Path) -> None:
    """Copy beside `target`, then rename into place."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, aside = tempfile.mkstemp(dir=target.parent, prefix=".aside-")
    os.close(handle)
    try:
        shutil.copyfile(source, aside)
        Path(aside).chmod(0o644)
        os.replace(aside, target)
    except BaseException:
        Path(aside).unlink(missing_ok=True)
        raise

"""From a hostile notebook to frozen cells: read, compare with the release, say what was odd.

Nothing in the file is believed but the source of its cells. Locked cells come from the release, whatever the
file says; cells run in the file's order, whatever order they were run in before.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import re
import stat
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.course import Exercise, Limits
from autograder.errors import CourseError, UnreadableSubmission

POINTS_SUFFIX = "_points"


@dataclass(frozen=True)
class Cell:
    """A cell as it will run.

    Attributes
    ----------
    name : str
        Its nbgrader id, or "".
    solution, grade, locked : bool
        Its role in the release; cells that students added have none.
    points : float
        Points of a grade cell.
    """

    name: str
    source: str
    code: bool = True
    solution: bool = False
    grade: bool = False
    locked: bool = False
    points: float = 0.0

    @property
    def question(self) -> str:
        """The question that a solution or grade cell belongs to, or ""."""
        return self.name.removesuffix(POINTS_SUFFIX) if self.solution or self.grade else ""


@dataclass(frozen=True)
class Release:
    """A notebook as students get it."""

    cells: tuple[Cell, ...]

    @property
    def questions(self) -> dict[str, float]:
        """Points of each question, in order."""
        return {cell.question: cell.points for cell in self.cells if cell.grade}

    @property
    def max_points(self) -> float:
        """Points of the whole notebook."""
        return sum(self.questions.values())


@dataclass(frozen=True)
class Submission:
    """A notebook that can be run.

    Attributes
    ----------
    notes : tuple[str, ...]
        What was restored or odd.
    sha256 : str
        Hash of the file.
    """

    path: Path
    cells: tuple[Cell, ...]
    notes: tuple[str, ...]
    sha256: str


def read_release(exercise: Exercise) -> Release:
    """The released notebook of an exercise.

    Raises
    ------
    CourseError
        When it is missing or broken.
    """
    try:
        return Release(read_cells(exercise.release, Limits(notebook_mb=1000)))
    except (UnreadableSubmission, OSError) as error:
        raise CourseError(
            f"The released notebook {exercise.release} cannot be used: {error} "
            f"Make it with `autograder release {exercise.unit}`."
        ) from error


def read(path: Path, exercise: Exercise, release: Release) -> Submission:
    """A submitted notebook, ready to run.

    Raises
    ------
    UnreadableSubmission
        When the file is no notebook of this course's kind; the message is for the student.
    """
    content = _content(path, exercise.limits)
    notebook = _notebook(content)
    notes = list(_kernel_notes(notebook))
    if (count := len(notebook["cells"])) > exercise.limits.cells:
        raise UnreadableSubmission(
            f"The notebook has {count} cells; at most {exercise.limits.cells} are allowed."
        )
    merged, changes = _restore(tuple(_cells(notebook)), release)
    return Submission(path, merged, (*notes, *changes), hashlib.sha256(content).hexdigest())


def read_cells(path: Path, limits: Limits) -> tuple[Cell, ...]:
    """The cells of a notebook as its own metadata describes them.

    Raises
    ------
    UnreadableSubmission
        When it is no notebook.
    """
    notebook = _notebook(_content(path, limits))
    return tuple(_cells(notebook))


def claimed_exercise(path: Path) -> str:
    """`unit/exercise` as the notebook's own metadata has it, or ""; for finding files that were renamed."""
    try:
        about = _notebook(_content(path, Limits()))["metadata"]["autograder"]["exercise"]
    except (UnreadableSubmission, KeyError, TypeError):
        return ""
    return about if isinstance(about, str) else ""


def _content(path: Path, limits: Limits) -> bytes:
    """The file's bytes, without following a link or waiting for a pipe."""
    try:
        with open(path, "rb", opener=_gently) as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise UnreadableSubmission("This is no ordinary file. Hand in the notebook itself.")
            most = int(limits.notebook_mb * 2**20)
            if status.st_size > most:
                raise UnreadableSubmission(
                    f"The notebook has {status.st_size / 2**20:.0f} MiB; at most {limits.notebook_mb:g} MiB "
                    "are allowed. Clear its outputs (Kernel, Restart and clear outputs) and save it again."
                )
            return file.read(most + 1)
    except IsADirectoryError as error:
        raise UnreadableSubmission("This is a folder. Hand in the notebook itself.") from error
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        if isinstance(error, OSError) and error.errno == errno.ELOOP:
            raise UnreadableSubmission("The file is a link. Hand in the notebook itself.") from error
        reason = getattr(error, "strerror", None) or error
        raise UnreadableSubmission(f"The file cannot be opened: {reason}.") from error


def _gently(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NONBLOCK | os.O_NOFOLLOW)


def _notebook(content: bytes) -> dict[str, Any]:
    try:
        notebook = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise UnreadableSubmission(
            "The file is not JSON, so it is no notebook. It may be damaged or only partly saved: open it in "
            "JupyterLab, save it and hand it in again."
        ) from error
    if not isinstance(notebook, dict) or "nbformat" not in notebook:
        raise UnreadableSubmission("The file is JSON but no notebook. Hand in the .ipynb file.")
    if notebook["nbformat"] != 4:
        raise UnreadableSubmission(
            f"The notebook is in format {str(notebook['nbformat'])[:20]}; format 4 is needed. Open it in a "
            "current JupyterLab, save it and hand it in again."
        )
    if not isinstance(notebook.get("cells"), list):
        raise UnreadableSubmission("The notebook has no list of cells. Hand in the .ipynb file again.")
    return notebook


def _kernel_notes(notebook: dict[str, Any]) -> Iterator[str]:
    """Refuse other languages; mention kernels that this course does not know."""
    about = _table(notebook.get("metadata"))
    kernel = _table(about.get("kernelspec"))
    language = kernel.get("language") or _table(about.get("language_info")).get("name") or ""
    name = str(kernel.get("name") or "")
    if language and not str(language).lower().startswith(("python", "ipython")):
        raise UnreadableSubmission(
            f"The notebook is written for {str(language)[:40]}; this course marks Python notebooks. Choose "
            "the kernel Python 3 and hand it in again."
        )
    if name and not re.fullmatch(r"python\d?", name):
        yield f"The notebook names the kernel {name[:60]!r}; it was run with this course's Python."


def _cells(notebook: dict[str, Any]) -> Iterator[Cell]:
    for number, cell in enumerate(notebook["cells"], 1):
        if not isinstance(cell, dict):
            raise UnreadableSubmission(f"Cell {number} of the notebook is no cell.")
        source = cell.get("source", "")
        if isinstance(source, list) and all(isinstance(line, str) for line in source):
            source = "".join(source)
        if not isinstance(source, str):
            raise UnreadableSubmission(f"Cell {number} of the notebook has no text.")
        about = _table(_table(cell.get("metadata")).get("nbgrader"))
        points = about.get("points")
        yield Cell(
            name=str(about.get("grade_id") or "")[:200],
            source=source,
            code=cell.get("cell_type") == "code",
            solution=about.get("solution") is True,
            grade=about.get("grade") is True,
            locked=about.get("locked") is True,
            points=_number(points),
        )


def _number(value: Any) -> float:
    try:
        return float(value) if isinstance(value, int | float) else 0.0
    except OverflowError:
        return 0.0


def _table(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _restore(cells: tuple[Cell, ...], release: Release) -> tuple[tuple[Cell, ...], list[str]]:
    """The student's cells with the release's locked ones in their places, and what was changed."""
    ours = {cell.name: cell for cell in release.cells if cell.name}
    notes = list(_duplicates(cells, ours))
    merged: list[Cell] = []
    seen: set[str] = set()
    for cell in cells:
        original = ours.get(cell.name)
        if original is None or cell.name in seen:
            merged.append(Cell("", cell.source, cell.code))
            continue
        seen.add(cell.name)
        if original.locked and not original.solution:
            if cell.source != original.source or cell.code != original.code:
                notes.append(f"The locked cell {cell.name!r} was changed; the original was used.")
            merged.append(original)
        else:
            merged.append(_with_source(original, cell))
    _put_back(merged, release, seen, notes)
    return tuple(merged), notes


def _with_source(original: Cell, cell: Cell) -> Cell:
    return Cell(
        original.name,
        cell.source,
        cell.code,
        original.solution,
        original.grade,
        original.locked,
        original.points,
    )


def _duplicates(cells: Iterable[Cell], ours: dict[str, Cell]) -> Iterator[str]:
    for name, count in Counter(cell.name for cell in cells if cell.name in ours).items():
        if count > 1:
            yield (
                f"{count} cells have the id {name!r}. All of them ran, from top to bottom; "
                "the last definition of a name is the one that counts."
            )


def _put_back(merged: list[Cell], release: Release, seen: set[str], notes: list[str]) -> None:
    """Insert locked cells that are missing, each after the nearest cell before it that is there."""
    before: list[str] = []
    for cell in release.cells:
        if not cell.name:
            continue
        if cell.name not in seen and cell.solution:
            notes.append(f"The answer cell {cell.name!r} is missing; its question has no answer.")
        elif cell.name not in seen and cell.locked:
            notes.append(f"The locked cell {cell.name!r} was deleted; it was put back.")
            merged.insert(_place_after(merged, before), cell)
            before.append(cell.name)
            continue
        before.append(cell.name)


def _place_after(merged: list[Cell], names: list[str]) -> int:
    for name in reversed(names):
        with contextlib.suppress(StopIteration):
            return next(i for i, cell in enumerate(merged) if cell.name == name) + 1
    return 0

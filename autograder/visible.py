"""What a student runs before handing in: the notebook from top to bottom, and its visible checks.

Needs neither hidden tests nor a sandbox, so it works wherever the notebook itself does.
"""

from __future__ import annotations

import time
from pathlib import Path

from autograder import sandbox, submission
from autograder.course import Course, Limits
from autograder.errors import UnreadableSubmission, UsageError
from autograder.grading import problems_of, visible_of
from autograder.kernel import Kernel, Setting
from autograder.result import CellProblem, Record, VisibleCheck


class Outcome(Record):
    """What the visible checks of a notebook say.

    Attributes
    ----------
    checks : tuple[VisibleCheck, ...]
        One for each grade cell.
    problems : tuple[CellProblem, ...]
        Other cells that did not run to their end.
    """

    notebook: str
    checks: tuple[VisibleCheck, ...]
    problems: tuple[CellProblem, ...]

    @property
    def ok(self) -> bool:
        """Whether every visible check holds."""
        return all(check.ok for check in self.checks)


def check(notebook: Path) -> Outcome:
    """Run a notebook in a fresh process and say which of its visible checks hold.

    Raises
    ------
    UsageError
        When the file cannot be read, or has no checks.
    """
    limits = Limits()
    try:
        cells = submission.read_cells(notebook, limits)
    except UnreadableSubmission as error:
        raise UsageError(f"{notebook}: {error}") from error
    if not any(cell.grade for cell in cells):
        raise UsageError(f"{notebook} has no visible checks: none of its cells is an nbgrader grade cell.")
    setting = Setting(
        sandbox.choose(sandbox.PROCESS), limits, notebook.parent / "data", _environment(notebook)
    )
    with Kernel(cells, setting, time.monotonic() + limits.total_s) as kernel:
        run = kernel.run()
    return Outcome(notebook=str(notebook), checks=tuple(visible_of(run)), problems=tuple(problems_of(run)))


def _environment(notebook: Path) -> dict[str, str]:
    try:
        return Course.find(notebook.parent).settings.guest_environment
    except UsageError:
        return {}

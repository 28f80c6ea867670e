"""Answers with known marks, as files: each is the whole of one answer cell, over the solution notebook.

    tests/corpus/<unit>/<exercise>/<question>/right_*.py, wrong_*.py

A file's docstring says in one sentence what it is and, for wrong ones, `loses:` which checks, `keeps:` which,
and `verdict:` where it is not `failed`.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.course import Exercise
from autograder.errors import CourseError
from autograder.result import Verdict

BLANK = "blank"


@dataclass(frozen=True)
class Answer:
    """One right or wrong answer to a question.

    Attributes
    ----------
    loses, keeps : frozenset[str]
        Names of checks that it must fail, and of checks that it must pass.
    """

    question: str
    name: str
    source: str
    sentence: str
    loses: frozenset[str]
    keeps: frozenset[str]
    verdict: Verdict

    @property
    def right(self) -> bool:
        """Whether it must get full points."""
        return self.name.startswith("right")


def answers(exercise: Exercise, question: str = "*") -> tuple[Answer, ...]:
    """All answers of an exercise, or of one question."""
    return tuple(read(path) for path in sorted(exercise.corpus.glob(f"{question}/*.py")))


def read(path: Path) -> Answer:
    """One answer.

    Raises
    ------
    CourseError
        When the file's name or header does not follow the rules.
    """
    text = path.read_text("utf-8")
    header, source = _split(path, text)
    fields = dict(re.findall(r"^(loses|keeps|verdict): *(.+)$", header, re.MULTILINE))
    loses = frozenset(re.split(r"[,\s]+", fields.get("loses", "").strip())) - {""}
    keeps = frozenset(re.split(r"[,\s]+", fields.get("keeps", "").strip())) - {""}
    right = path.stem.startswith("right_")
    if not right and not path.stem.startswith("wrong_"):
        raise CourseError(f"{path}: the name must start with right_ or wrong_.")
    if right == bool(loses):
        raise CourseError(f"{path}: a wrong answer names the checks that it loses, a right one none.")
    default = Verdict.PASSED if right else Verdict.FAILED
    verdict = Verdict(fields["verdict"].strip()) if "verdict" in fields else default
    sentence = " ".join(header.split("\n\n")[0].split())
    return Answer(path.parent.name, path.stem, source, sentence, loses, keeps, verdict)


def compose(exercise: Exercise, given: Mapping[str, str]) -> dict[str, Any]:
    """A submission: the released notebook with `given` answers and the solution's for all other questions.

    Parameters
    ----------
    given : Mapping[str, str]
        Source of answer cells by question; `BLANK` leaves the stub.
    """
    notebook: dict[str, Any] = json.loads(exercise.release.read_text("utf-8"))
    solution = json.loads(exercise.solution.read_text("utf-8"))
    solved = {_grade_id(cell): cell["source"] for cell in solution["cells"]}
    known = set()
    for cell in notebook["cells"]:
        name = _grade_id(cell)
        if not cell["metadata"].get("nbgrader", {}).get("solution"):
            continue
        known.add(name)
        if given.get(name) != BLANK:
            cell["source"] = given.get(name, solved[name])
    if unknown := set(given) - known:
        raise CourseError(f"{exercise.id} has no question {', '.join(sorted(unknown))}.")
    return notebook


def _grade_id(cell: dict[str, Any]) -> str:
    return str(cell["metadata"].get("nbgrader", {}).get("grade_id", ""))


def _split(path: Path, text: str) -> tuple[str, str]:
    """The header and the cell: what follows the docstring, unchanged."""
    found = re.match(r'\s*(?:"""(.*?)"""|\'\'\'(.*?)\'\'\')[ \t]*\n?', text, re.DOTALL)
    if not found:
        raise CourseError(f"{path}: the file must begin with a docstring that says what the answer is.")
    header = ast.literal_eval(text[: found.end()].strip())
    return header, text[found.end() :].lstrip("\n")

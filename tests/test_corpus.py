"""Every right and wrong answer of the corpus through the real engine: the graders are graded."""

from __future__ import annotations

import ast
import hashlib
import json
import os
import textwrap
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from autograder import corpus
from autograder.cohort import Cohort, mark
from autograder.corpus import Answer
from autograder.course import Course, Exercise
from autograder.errors import CourseError
from autograder.grading import Work
from autograder.result import Blame, SubmissionResult, Verdict

COURSE = Course(Path(__file__).parents[1])
ALL = os.environ.get("CORPUS") == "all"
"""`make corpus` marks every answer; other runs a fixed sample of each question's."""
MOST_RIGHT, MOST_WRONG = 5, 9


def sample(exercise: Exercise) -> list[Answer]:
    """Answers to mark: all of them, or so many of each question, always the same ones."""
    groups: dict[tuple[str, bool], list[Answer]] = defaultdict(list)
    for answer in corpus.answers(exercise):
        groups[answer.question, answer.right].append(answer)
    for (_, right), answers in groups.items():
        answers.sort(key=lambda answer: hashlib.sha256(answer.source.encode()).digest())
        if not ALL:
            del answers[MOST_RIGHT if right else MOST_WRONG :]
    return [answer for answers in groups.values() for answer in answers]


ANSWERS = [(exercise, answer) for exercise in COURSE.exercises for answer in sample(exercise)]


def parameters() -> Iterator[Any]:
    """One test an answer; those of an exercise stay in one process, where they are marked as one class."""
    for exercise, answer in ANSWERS:
        name = f"{exercise.slug}-{answer.question}-{answer.name}"
        yield pytest.param(exercise, answer, id=name, marks=pytest.mark.xdist_group(exercise.slug))


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Exercise], list[SubmissionResult]]:
    """Marks the sample of an exercise, once."""

    @cache
    def marked_all(exercise: Exercise) -> list[SubmissionResult]:
        folder = tmp_path_factory.mktemp(exercise.slug)
        answers = [answer for other, answer in ANSWERS if other == exercise]
        return marked(exercise, [{answer.question: answer.source} for answer in answers], folder)

    return marked_all


def marked(exercise: Exercise, answers: list[dict[str, str]], folder: Path) -> list[SubmissionResult]:
    """Results of solutions with these answers in place of their own."""
    works = []
    for i, answer in enumerate(answers):
        path = folder / f"{i:04}" / exercise.unit / f"{exercise.name}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(corpus.compose(exercise, answer)))
        works.append(Work(exercise, f"{i:04}", path, folder / "results"))
    return list(mark(Cohort(tuple(works), (), ()), jobs=1).submissions)


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.parametrize(("exercise", "answer"), list(parameters()))
def test_each_answer_gets_what_it_must(
    exercise: Exercise, answer: Answer, results: Callable[[Exercise], list[SubmissionResult]]
) -> None:
    mine = [other for place, other in ANSWERS if place == exercise]
    result = results(exercise)[mine.index(answer)]
    for question in result.questions:
        if question.name != answer.question:
            assert question.verdict is Verdict.PASSED, "another question lost points"
            continue
        lost = {check.name for check in question.checks if check.verdict is not Verdict.PASSED}
        said = {check.name: check.message or check.detail for check in question.checks}
        assert answer.loses | answer.keeps <= set(said), "the header names a check that does not exist"
        assert answer.loses <= lost, said
        assert not answer.keeps & lost, said
        assert not (answer.right and lost), said
        assert question.verdict is answer.verdict, said


@pytest.mark.slow
@pytest.mark.parametrize(
    "exercise", [pytest.param(e, id=e.slug, marks=pytest.mark.xdist_group(e.slug)) for e in COURSE.exercises]
)
def test_odd_values_are_the_students_failure_and_never_the_graders(
    exercise: Exercise, tmp_path: Path
) -> None:
    names = _names(exercise)
    values = [
        "None",
        "'text'",
        "{}",
        "[[1], [2, 3]]",
        "object()",
        "float('nan')",
        "10**400",
        "lambda *a: None",
    ]
    answers = [
        {
            question: "\n".join(f"def {name}(*args, **kwargs):\n    return {value}" for name in defined)
            for question, defined in names.items()
        }
        for value in values
    ]
    for value, result in zip(values, marked(exercise, answers, tmp_path), strict=True):
        assert result.blame is Blame.STUDENT, (value, result.model_dump_json(indent=1))
        assert result.points == 0, (value, result.points)


def _names(exercise: Exercise) -> dict[str, list[str]]:
    """The functions and classes that each answer cell of the solution defines."""
    notebook = json.loads(exercise.solution.read_text())
    names = {}
    for cell in notebook["cells"]:
        about = cell["metadata"].get("nbgrader", {})
        if about.get("solution"):
            tree = ast.parse("".join(cell["source"]))
            kinds = (ast.FunctionDef, ast.ClassDef)
            names[about["grade_id"]] = [node.name for node in tree.body if isinstance(node, kinds)]
    return names


def test_a_header_says_what_an_answer_is(tmp_path: Path) -> None:
    path = tmp_path / "q1" / "wrong_last_batch.py"
    path.parent.mkdir()
    path.write_text(
        textwrap.dedent('''
            """The last, smaller batch
            is dropped.

            loses: every_row_once, sizes
            keeps: order
            verdict: crashed
            """


            def batches():
                """Keeps its own docstring."""
        ''')
    )
    answer = corpus.read(path)
    assert answer.sentence == "The last, smaller batch is dropped."
    assert answer.loses == {"every_row_once", "sizes"}
    assert answer.keeps == {"order"}
    assert answer.verdict is Verdict.CRASHED
    assert answer.source.startswith("def batches")
    assert "own docstring" in answer.source


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("maybe_x.py", '"""A sentence."""\n'),
        ("right_x.py", '"""A sentence.\n\nloses: a\n"""\n'),
        ("wrong_x.py", '"""A sentence."""\n'),
        ("right_x.py", "x = 1\n"),
    ],
)
def test_a_file_that_breaks_the_rules_is_the_courses_fault(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_text(text)
    with pytest.raises(CourseError, match=name):
        corpus.read(path)

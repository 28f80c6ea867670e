"""The class that everybody marks: one question in three libraries, laid out as each system wants it."""

from __future__ import annotations

import json
import textwrap
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from tests.small import role

UNIT = "u1_benchmark"
POINTS = 6
HIDDEN = 5

LIBRARIES = {
    "sklearn": (
        "from sklearn.linear_model import LogisticRegression",
        "LogisticRegression().fit(X, y).score(X, y)",
    ),
    "torch": (
        "import torch",
        """
        model = torch.nn.Linear(3, 1)
        optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
        for _ in range(20):
            loss = (model(torch.tensor(X, dtype=torch.float32))[:, 0] - torch.tensor(y)).pow(2).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        """,
    ),
    "tensorflow": (
        "import tensorflow as tf",
        """
        weights = tf.Variable(tf.zeros((3, 1)))
        for _ in range(20):
            with tf.GradientTape() as tape:
                loss = tf.reduce_mean((tf.constant(X, tf.float32) @ weights - y[:, None]) ** 2)
            weights.assign_sub(0.1 * tape.gradient(loss, weights))
        """,
    ),
}
"""For each library: what its notebook imports, and a small training."""

RIGHT = """
def standardise(train, test):
    mean, sd = train.mean(axis=0), train.std(axis=0)
    return (train - mean) / sd, (test - mean) / sd
"""
WRONG = (
    RIGHT.replace("train.mean(axis=0), train.std(axis=0)", "test.mean(axis=0), test.std(axis=0)"),
    RIGHT.replace(" / sd", ""),
    "\ndef standardise(train, test):\n    raise NotImplementedError()\n",
)
WRONG_EVERY = 8
"""One submission in so many is wrong."""

DATA = "X = np.random.default_rng(0).normal(2, 3, (200, 3))\ny = (X[:, 0] > 2).astype('float32')"
VISIBLE = "assert standardise(X[:150], X[150:])[0].shape == (150, 3), 'Keep the shape.'"
CASE = """
rng = np.random.default_rng({seed})
train, test = rng.normal(5, 2, (40, 3)), rng.normal(1, 4, (10, 3))
got = standardise(train.copy(), test.copy())
np.testing.assert_allclose(got[0], (train - train.mean(0)) / train.std(0))
np.testing.assert_allclose(got[1], (test - train.mean(0)) / train.std(0))
"""

GRADER = '''
"""Hidden checks of the benchmark's question."""

import numpy as np

from autograder import expect
from autograder.plugin import bracket, question
from autograder.student import Student


def check(student: Student, seed: int) -> None:
    rng = np.random.default_rng(seed)
    train, test = rng.normal(5, 2, (40, 3)), rng.normal(1, 4, (10, 3))
    got = student.standardise(train, test)
    expect.close(got[0], (train - train.mean(0)) / train.std(0), name="train")
    expect.close(got[1], (test - train.mean(0)) / train.std(0), name="test")


@question("standardise")
class TestStandardise:
    """Standardise with training statistics."""
'''
TEST = '''
    @bracket({points})
    def test_{seed}(self, student: Student) -> None:
        """The numbers are right."""
        check(student, {seed})
'''


@dataclass(frozen=True)
class Classroom:
    """One library's class on disk.

    Attributes
    ----------
    expected : dict[str, bool]
        Students, and whether they must get all points.
    """

    folder: Path
    library: str
    expected: dict[str, bool]

    @property
    def name(self) -> str:
        """The exercise."""
        return f"01_{self.library}"

    @property
    def course(self) -> Path:
        """Our course; its submissions are in `submitted/<student>/<unit>/`."""
        return self.folder / "ours"

    @property
    def nbgrader(self) -> Path:
        """nbgrader's course folder."""
        return self.folder / "nbgrader"

    @property
    def otter(self) -> Path:
        """Otter's folder: tests/ and submissions."""
        return self.folder / "otter"

    def submission(self, system: Path, student: str) -> Path:
        """A student's notebook in the folder of a system."""
        return system / "submitted" / student / UNIT / f"{self.name}.ipynb"


def make(folder: Path, library: str, students: int, training: str = "") -> Classroom:
    """Write the class of one library for all three systems.

    Parameters
    ----------
    training : str
        The source of the training cell, if not the library's own.
    """
    names = [f"student{i:03}" for i in range(students)]
    expected = {name: i % WRONG_EVERY != WRONG_EVERY - 1 for i, name in enumerate(names)}
    room = Classroom(folder / library, library, expected)
    training = training or textwrap.dedent(LIBRARIES[library][1]).strip()
    _ours(room, training)
    _nbgraders(room, training)
    _otters(room)
    for i, (name, right) in enumerate(expected.items()):
        answer = RIGHT if right else WRONG[i // WRONG_EVERY % len(WRONG)]
        for system in (room.course, room.nbgrader, room.otter):
            _write(room.submission(system, name), notebook(room, answer, training, VISIBLE))
    return room


def notebook(room: Classroom, answer: str, training: str, tests: str, marks: bool = False) -> Any:
    """The exercise with this answer and these tests."""
    graded = role(grade=True, locked=True, points=POINTS, grade_id="standardise_points")
    solution = f"### BEGIN SOLUTION\n{answer.strip()}\n### END SOLUTION" if marks else answer.strip()
    cells = [
        new_markdown_cell("# Standardise", id="title"),
        new_code_cell(f"import numpy as np\n{LIBRARIES[room.library][0]}\n{DATA}", id="imports"),
        new_code_cell(solution, id="answer", metadata=role(solution=True, grade_id="standardise")),
        new_code_cell(tests, id="tests", metadata=graded),
        new_code_cell(training, id="training"),
    ]
    kernel = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
    return new_notebook(cells=cells, metadata={"kernelspec": kernel, "language_info": {"name": "python"}})


def _ours(room: Classroom, training: str) -> None:
    blank = "def standardise(train, test):\n    raise NotImplementedError()"
    for folder, answer in (("solutions", RIGHT), ("exercises", blank)):
        path = room.course / folder / UNIT / f"{room.name}.ipynb"
        _write(path, notebook(room, answer, training, VISIBLE))
    reference = room.course / "reference" / UNIT
    reference.mkdir(parents=True)
    (reference / f"{room.library}.py").write_text('"""The checks hold the formula."""\n')
    points = [2, *[1] * (HIDDEN - 1)]
    tests = "".join(TEST.format(seed=seed, points=most) for seed, most in enumerate(points))
    (reference / f"test_{room.library}.py").write_text(GRADER + tests)
    (room.course / "pyproject.toml").write_text("[tool.autograder]\ntitle = 'Benchmark'\n")


def _nbgraders(room: Classroom, training: str) -> None:
    cases = "".join(CASE.format(seed=seed) for seed in range(HIDDEN))
    tests = f"{VISIBLE}\n### BEGIN HIDDEN TESTS\n{cases.strip()}\n### END HIDDEN TESTS"
    source = notebook(room, RIGHT, training, tests, marks=True)
    _write(room.nbgrader / "source" / UNIT / f"{room.name}.ipynb", source)
    (room.nbgrader / "nbgrader_config.py").write_text(
        'c = get_config()\nc.CourseDirectory.course_id = "benchmark"\nc.ExecutePreprocessor.timeout = 300\n'
    )


def _otters(room: Classroom) -> None:
    cases = [VISIBLE, *(CASE.format(seed=seed) for seed in range(HIDDEN))]
    suite = [
        {"code": _doctest(case), "hidden": i > 0, "locked": False, "points": 1}
        for i, case in enumerate(cases)
    ]
    test = {
        "name": "standardise",
        "points": None,
        "suites": [{"cases": suite, "scored": True, "setup": "", "teardown": "", "type": "doctest"}],
    }
    folder = room.otter / "tests"
    folder.mkdir(parents=True)
    (folder / "standardise.py").write_text(f"OK_FORMAT = True\n\ntest = {test!r}\n")


def _doctest(source: str) -> str:
    lines = source.strip().splitlines()
    return "\n".join(f">>> {line}" for line in lines)


def _write(path: Path, content: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(nbformat.writes(content))
    json.loads(path.read_text())

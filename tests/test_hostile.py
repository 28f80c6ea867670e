"""Attacks, one file each, marked for real: none earns points, reads a secret, outlives its marking, or hangs.

    tests/hostile/<family>/<name>.py     the answer cell of the first question
    tests/hostile/notebook/<name>.py     a module that makes the whole file: `content(honest)` or `place(path)`

A file's docstring says what it tries and what must happen; `Verdict:` lists the verdicts that its question
may have, `Costs: q2` says that it may ruin the honest answer in the same notebook, and `Student:` is the name
under which it is handed in. An attack that gets somewhere says so in its output, after the word ESCAPED.
"""

from __future__ import annotations

import ast
import hashlib
import json
import os
import re
import runpy
import secrets
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import pytest
from bs4 import BeautifulSoup

from autograder import report, sandbox
from autograder.cohort import Cohort, mark
from autograder.course import Course
from autograder.grading import Work
from autograder.plugin import Hidden
from autograder.result import Blame, SubmissionResult
from tests.small import DOUBLE, TRIPLE, SmallCourse, notebook

HERE = Path(__file__).parent / "hostile"
SERVERS = (False, True)
WRONG = "def double(x):\n    return x"
TRACES = ("hostile_trace", "ESCAPE_BY")
MARKS = re.compile(r"(ESCAPED|PERSISTED) ")
LIMITS = {"cell_s": 2, "call_s": 1, "total_s": 30, "output_mb": 4}
SLOW = {"outputs_that_replace_each_other", "many_cells_that_hang", "text_in_many_pieces"}

pytestmark = [
    pytest.mark.sandbox,
    pytest.mark.skipif(sandbox.available()[sandbox.BUBBLEWRAP] != "", reason="no bubblewrap"),
]

PROBE = r"""
import builtins, glob, json, os, random, socket, threading
import math as maths

for folder in ("/tmp", "/var/tmp", "/dev/shm", "/dev", "/dev/mqueue", "/home/student", "/home", "/run", "."):
    for path in glob.glob(f"{folder}/**/*hostile_trace*", recursive=True) + glob.glob(f"{folder}/.hostile*"):
        print("PERSISTED", path)
    if os.path.exists(f"{folder}/math.py"):
        print("PERSISTED", folder, "math.py")
for path in ("~/.bashrc", "~/.profile", "~/.ipython/profile_default/startup/00.py", "~/.jupyter", "~/.local"):
    if os.path.exists(os.path.expanduser(path)):
        print("PERSISTED", path)
for module in (builtins, maths, os, json, random):
    if hasattr(module, "hostile_trace"):
        print("PERSISTED", module.__name__)
if maths.sqrt(4) != 2 or "HOSTILE_TRACE" in os.environ or "hostile_trace" in globals():
    print("PERSISTED", "a patch")
if "hostile_trace" in open("/proc/net/unix").read():
    print("PERSISTED", "a local socket")
for kind in ("shm", "sem", "msg"):
    if len(open(f"/proc/sysvipc/{kind}").readlines()) > 1:
        print("PERSISTED", kind)
with socket.socket() as one:
    if one.connect_ex(("127.0.0.1", 54321)) == 0:
        print("PERSISTED", "a listener")
if len(found := [name for name in os.listdir("/proc") if name.isdigit()]) > 3:
    print("PERSISTED", found)
if len(threading.enumerate()) > 8:
    print("PERSISTED", threading.enumerate())
"""


@dataclass(frozen=True)
class Attack:
    """One file of the suite."""

    family: str
    name: str
    path: Path
    verdicts: frozenset[str]
    blames: frozenset[Blame]
    costs: frozenset[str]
    student: str

    @classmethod
    def read(cls, path: Path) -> Attack:
        about = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
        fields = dict(re.findall(r"^(Must|Verdict|Blame|Costs|Student): *(.+)$", about, re.MULTILINE))
        assert fields.get("Must"), f"{path} does not say what must happen."
        verdicts = frozenset(re.split(r"[ |]+", fields["Verdict"]))
        costs = frozenset(fields.get("Costs", "").split())
        blames = frozenset({Blame.STUDENT, Blame.NONE, *map(Blame, fields.get("Blame", "").split())})
        return cls(path.parent.name, path.stem, path, verdicts, blames, costs, fields.get("Student", "ada"))


ATTACKS = [Attack.read(path) for path in sorted(HERE.glob("*/*.py"))]


def parameters() -> Iterator[Any]:
    for attack in ATTACKS:
        marks = [pytest.mark.slow] if attack.name in SLOW else []
        yield pytest.param(attack, id=f"{attack.family}/{attack.name}", marks=marks)


@dataclass
class Scene:
    """The small course with secrets in and around it, and the word by which its processes are known."""

    small: SmallCourse
    canaries: dict[str, str]
    places: dict[str, Path]
    token: str


@pytest.fixture
def scene(small: SmallCourse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Scene:
    root = small.course.root
    settings = (root / "pyproject.toml").read_text()
    for name, value in LIMITS.items():
        settings = re.sub(rf"^{name} = .*$", f"{name} = {value}", settings, flags=re.MULTILINE)
    token = f"token-{secrets.token_hex(16)}"
    settings += f'\n[tool.autograder.guest_environment]\nHOSTILE_RUN = "{token}"\n'
    (root / "pyproject.toml").write_text(settings)
    unit = root / "reference" / "u1_small"
    places = {
        "reference": unit / "double.py",
        "grader": unit / "test_double.py",
        "secret": root / "reference" / "release.secret",
        "other": small.submitted / "eve" / "u1_small" / "01_double.ipynb",
        "gradebook": root / "gradebook.db",
        "temporary": tmp_path / "notes.txt",
    }
    names = (*places, "environment")
    canaries = {name: f"canary-{secrets.token_hex(16)}" for name in names}
    for name, path in places.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        before = path.read_text() if path.exists() else ""
        path.write_text(canaries[name] if name == "secret" else f"{before}# {canaries[name]}\n")
    monkeypatch.setenv("A_SECRET_OF_THE_MARKER", canaries["environment"])
    course = SmallCourse(Course(root), small.submitted, small.results)
    return Scene(course, canaries, places, token)


def marked(small: SmallCourse, path: Path, student: str, fork_server: bool) -> SubmissionResult:
    """Mark one submission that lies at `path`, and write all reports."""
    work = Work(small.exercise, student, path, small.results)
    result = mark(Cohort((work,), (), ()), again=True, fork_server=fork_server)
    report.write_all(result, small.results, course_title="Small course")
    return result.submissions[0]


def hand_in(scene: Scene, attack: Attack) -> Path:
    path = scene.small.submitted / attack.student / "u1_small" / "01_double.ipynb"
    path.parent.mkdir(parents=True)
    if attack.family != "notebook":
        path.write_text(json.dumps(notebook(attack.path.read_text("utf-8"), TRIPLE)))
        return path
    made = runpy.run_path(str(attack.path))
    if "place" in made:
        made["place"](path, scene.places)
    else:
        path.write_bytes(made["content"](notebook(WRONG, TRIPLE)))
    return path


def left_running(token: str) -> list[int]:
    """Processes of this scene's guests that are still there."""
    found = []
    for process in psutil.process_iter():
        try:
            if token in "".join(process.environ().values()) and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process.pid)
        except psutil.Error:
            continue
    return found


def files(*folders: Path) -> dict[str, str]:
    """Hashes of all plain files below some folders."""
    found = {}
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.is_symlink() and path.stat().st_size < 1 << 26:
                found[str(path)] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def outputs(executed: Path) -> str:
    """All outputs of an executed notebook, without its sources."""
    if not executed.exists():
        return ""
    cells = json.loads(executed.read_text("utf-8"))["cells"]
    return json.dumps([cell.get("outputs") for cell in cells], ensure_ascii=False)


def told(result: SubmissionResult) -> str:
    """All that a result says, without what only instructors read."""
    plain = result.model_dump(mode="json")
    plain.pop("detail")
    for question in plain["questions"]:
        for check in question["checks"]:
            check.pop("detail")
    return json.dumps(plain, ensure_ascii=False)


def inputs(scene: Scene) -> list[str]:
    """The hidden inputs of the first question, as text."""
    purpose = f"{scene.small.exercise.id}/q1/numbers"
    return [repr(abs(float(r.normal())))[:12] for r in Hidden(scene.small.course.secret, purpose).rngs(3)]


@pytest.mark.parametrize("fork_server", SERVERS, ids=["fresh", "forked"])
@pytest.mark.parametrize("attack", list(parameters()))
def test_attack(attack: Attack, fork_server: bool, scene: Scene) -> None:
    small = scene.small
    path = hand_in(scene, attack)
    kept = (small.course.root, small.submitted)
    before = files(*kept)
    result = marked(small, path, attack.student, fork_server)

    q1, q2 = result.questions
    said = result.model_dump_json(indent=1)[:6000]
    assert q1.points == 0 or (q1.points is None and q1.blame is Blame.COURSE in attack.blames), said
    assert q1.verdict in attack.verdicts, said
    assert {check.blame for check in q1.checks} <= attack.blames, said
    assert {q1.blame, q2.blame, result.blame} <= attack.blames, said
    assert q2.points == 1 or (attack.costs and q2.points == 0), said
    carried_out = attack.verdicts == {"failed"} and attack.family in ("reading", "escape", "persistence")
    if carried_out:
        assert not [problem for problem in result.problems if problem.name == "q1"], said
    assert result.duration_s < small.exercise.limits.total_s + 60

    _nothing_was_learnt(scene, result)
    _pages_are_harmless(small)
    assert _gone(scene.token)
    assert files(*kept) == before
    _nothing_was_left_outside(small)
    if attack.family == "persistence":
        _the_next_one_is_not_touched(scene, fork_server)


def _nothing_was_learnt(scene: Scene, result: SubmissionResult) -> None:
    for file in scene.small.results.rglob("*"):
        if not file.is_file():
            continue
        text = file.read_text("utf-8")
        for name, canary in scene.canaries.items():
            assert canary not in text, f"{file} holds the secret in {name}"
        if file.name == "feedback.html":
            for value in inputs(scene):
                assert value not in text, f"{file} holds a hidden input"
        if file.name == "executed.ipynb":
            assert not (found := MARKS.search(outputs(file))), outputs(file)[found.start() :][:300]
    for value in inputs(scene):
        assert value not in told(result), "the result tells the student a hidden input"


def _pages_are_harmless(small: SmallCourse) -> None:
    for page in small.results.rglob("*.html"):
        text = page.read_text("utf-8")
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text), page
        tree = BeautifulSoup(text, "html.parser")
        for tag in tree.find_all(True):
            harmful = [key for key in tag.attrs if key.startswith("on")]
            links = [str(tag.attrs.get(key, "")) for key in ("href", "src", "action")]
            assert not harmful, (page, tag)
            assert not any(link.lower().startswith(("javascript:", "data:text")) for link in links), (
                page,
                tag,
            )
            assert tag.name not in ("iframe", "object", "embed", "base"), (page, tag)
            assert tag.name != "script" or "pwned" not in tag.get_text(), (page, tag)
        assert "1337" not in tree.get_text(), "a template was filled in"


def _gone(token: str, within_s: float = 10) -> bool:
    end = time.monotonic() + within_s
    while left_running(token):
        if time.monotonic() > end:
            return False
        time.sleep(0.1)
    return True


def _nothing_was_left_outside(small: SmallCourse) -> None:
    expected = {"result.json", "checks.jsonl", "executed.ipynb", "feedback.html", "class.json", "class.html"}
    assert {path.name for path in small.results.rglob("*") if path.is_file()} <= expected
    for folder in ("/tmp", "/dev/shm", "/var/tmp", "/home", "/run", str(Path.home()), "/dev"):
        if Path(folder).is_dir():
            assert not [name for name in os.listdir(folder) if any(t in name for t in TRACES)]  # noqa: PTH208 - names


def _the_next_one_is_not_touched(scene: Scene, fork_server: bool) -> None:
    path = scene.small.submitted / "bob" / "u1_small" / "01_double.ipynb"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(notebook(DOUBLE, TRIPLE, before=PROBE)))
    result = marked(scene.small, path, "bob", fork_server)
    assert (result.points, result.problems) == (4, ()), result
    said = outputs(Work(scene.small.exercise, "bob", path, scene.small.results).folder.executed)
    assert not MARKS.search(said), said


def test_the_suite_is_whole() -> None:
    families = {attack.family for attack in ATTACKS}
    assert families == {"reading", "forging", "denial", "escape", "persistence", "notebook", "reader"}
    assert len(ATTACKS) >= 70
    for attack in ATTACKS:
        if attack.family != "notebook":
            assert not MARKS.search(attack.path.read_text("utf-8")), f"{attack.path} contains its own mark"

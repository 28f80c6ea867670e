"""The fork server: the same guests as without it, sooner; and what happens when it cannot."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from autograder import forkserver, sandbox
from autograder.cohort import Cohort, mark
from autograder.course import Course, Limits
from autograder.forkserver import Forked, ForkServer, Nursery, imports_of
from autograder.grading import Work
from autograder.kernel import Kernel, Setting
from autograder.student import Student
from autograder.submission import Cell
from tests.small import SmallCourse, notebook

ROOT = Path(__file__).parents[1]
pytestmark = [
    pytest.mark.sandbox,
    pytest.mark.skipif(
        sandbox.available()[sandbox.BUBBLEWRAP] != "", reason=sandbox.available()[sandbox.BUBBLEWRAP]
    ),
]


@pytest.fixture
def nursery(small: SmallCourse) -> Iterator[Nursery]:
    with Nursery(sandbox.choose(), [small.exercise]) as made:
        yield made


def guest(forks: ForkServer | None, source: str) -> Kernel:
    setting = Setting(sandbox.choose(), Limits(call_s=20), forks=forks)
    kernel = Kernel((Cell("", source),), setting, time.monotonic() + 100)
    assert kernel.run().problems == []
    return kernel


def is_forked(kernel: Kernel) -> bool:
    assert kernel._jail is not None
    return isinstance(kernel._jail.process, Forked)


def plain(results: Path) -> dict[str, Any]:
    """All results without times, and without what libraries log while they load, which has times in it."""
    found = {}
    for path in sorted(results.rglob("result.json")):
        result = json.loads(path.read_text())
        for part in (result, *(c for q in result["questions"] for c in q["checks"])):
            part.pop("duration_s")
        found[str(path.relative_to(results))] = result
    for path in sorted(results.rglob("executed.ipynb")):
        cells = json.loads(path.read_text())["cells"]
        for cell in cells:
            shown = [out for out in cell.get("outputs", ()) if out.get("name") != "stderr"]
            cell["outputs"] = shown
        found[str(path.relative_to(results))] = cells
    return found


@pytest.mark.slow
def test_all_solutions_get_the_same_with_and_without_it(tmp_path: Path) -> None:
    course = Course.find(ROOT)

    def works(root: Path) -> tuple[Work, ...]:
        return tuple(Work(exercise, "model", exercise.solution, root) for exercise in course.exercises)

    mark(Cohort(works(tmp_path / "fresh"), (), ()), jobs=1, fork_server=False)
    mark(Cohort(tuple(reversed(works(tmp_path / "forked"))), (), ()), jobs=2, fork_server=True)
    assert plain(tmp_path / "forked") == plain(tmp_path / "fresh")
    assert all(r["verdict"] == "passed" for name, r in plain(tmp_path / "forked").items() if ".json" in name)


def test_guests_are_forks_of_one_process_that_share_nothing_written(
    nursery: Nursery, small: SmallCourse
) -> None:
    source = "import os, random\nopen('/tmp/left', 'a').write('x')\ndef look(): return "
    source += "open('/tmp/left').read(), os.getuid(), random.random()"
    with nursery.lend(small.exercise) as forks:
        with guest(forks, source) as one, guest(forks, source) as two:
            assert is_forked(one)
            assert is_forked(two)
            first, second = Student(one).look(), Student(two).look()
        with guest(forks, source) as three:
            third = Student(three).look()
    assert first[0] == second[0] == third[0] == "x"
    assert len({seen[2] for seen in (first, second, third)}) == 3
    if os.geteuid() == 0:
        assert len({seen[1] for seen in (first, second, third)}) == 3


def test_one_guest_is_killed_alone(nursery: Nursery, small: SmallCourse) -> None:
    with nursery.lend(small.exercise) as forks:
        one, two = (guest(forks, "def f(): return 1") for _ in range(2))
        assert one._jail is not None
        pid = one._jail.process.pid
        one.close()
        assert not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
        assert Student(two).f() == 1
        two.close()


def test_a_server_that_died_costs_time_and_no_marks(nursery: Nursery, small: SmallCourse) -> None:
    with nursery.lend(small.exercise) as forks:
        (zygote,) = nursery._zygotes.values()
        assert isinstance(zygote, forkserver._Zygote)
        zygote.process.kill()
        zygote.process.wait()
        with guest(forks, "def f(): return 1") as kernel:
            assert not is_forked(kernel)
            assert Student(kernel).f() == 1
    with nursery.lend(small.exercise) as forks, guest(forks, "x = 1") as kernel:
        assert is_forked(kernel)


def test_a_server_that_has_served_long_is_replaced(
    nursery: Nursery, small: SmallCourse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forkserver, "MOST_SUBMISSIONS", 2)
    processes = []
    for _ in range(3):
        with nursery.lend(small.exercise):
            (zygote,) = nursery._zygotes.values()
            assert isinstance(zygote, forkserver._Zygote)
            processes.append(zygote.process)
    assert processes[0] is processes[1] is not processes[2]
    assert processes[0].poll() is not None


def test_libraries_that_start_threads_are_not_forked(small: SmallCourse) -> None:
    path = small.exercise.solution
    content = notebook("def double(x):\n    return 2 * x", "def triple(x):\n    return 3 * x")
    content["cells"][1]["source"] = "import restless"
    path.write_text(json.dumps(content))
    started = ["import threading, time; threading.Thread(target=time.sleep, args=(9,), daemon=True).start()"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(forkserver, "imports_of", lambda _: started)
        with (
            Nursery(sandbox.choose(), [small.exercise]) as nursery,
            nursery.lend(small.exercise) as forks,
        ):
            assert forks is None
            assert "2 threads" in nursery.refusals["u1_small"]


def test_another_hash_seed_gets_an_interpreter_of_its_own(nursery: Nursery, small: SmallCourse) -> None:
    with (
        nursery.lend(small.exercise) as forks,
        guest(forks, "def f(): return hash('text')") as kernel,
        Student(kernel).fresh(hash_seed=7) as other,
    ):
        assert Student(kernel).f() != other.f()


def test_imports_are_read_from_notebooks_and_from_files(tmp_path: Path) -> None:
    file = tmp_path / "one.py"
    file.write_text(
        "import a, b.c as d\nfrom e import f, g as h\nfrom . import i\ndef late():\n    import j\n"
    )
    expected = {"import a", "import b.c", "from e import f", "from e import g", "import j"}
    assert set(imports_of(file)) == expected
    (tmp_path / "two.ipynb").write_text("no notebook")
    assert imports_of(tmp_path / "two.ipynb") == []

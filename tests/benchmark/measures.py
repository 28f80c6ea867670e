"""What one guest costs: start, calls, arrays, memory, and the share of the time that is not the student's."""

from __future__ import annotations

import contextlib
import json
import resource
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import psutil

from autograder import sandbox
from autograder.course import Course, Exercise, Limits
from autograder.forkserver import ForkServer, Nursery
from autograder.kernel import Kernel, Setting
from autograder.student import Student
from autograder.submission import Cell
from tests.benchmark import classroom, peers

EVERYTHING = ("numpy", "pandas", "sklearn.linear_model", "torch", "tensorflow", "lightning")
SOURCE = "import numpy as np\ndef same(value):\n    return value"
BURN_S = 5.0
BURN = f"""
import time
started = time.process_time()
while time.process_time() - started < {BURN_S}:
    sum(range(10_000))
print("burned", time.process_time())
"""


def guests(folder: Path, n: int) -> dict[str, float]:
    """Figures of live guests, with all libraries loaded in the fork server.

    Returns
    -------
    dict[str, float]
        first_cell_s, first_cell_s_without_fork_server, call_ms, array_10mib_ms (medians) and private_mb.
    """
    isolation = sandbox.choose()
    exercise = _importing(folder)
    with Nursery(isolation, [exercise]) as nursery, nursery.lend(exercise) as forks:
        if forks is None:
            raise peers.Failed(f"There is no fork server: {nursery.refusals}")
        starts = [_start_s(isolation, forks, SOURCE) for _ in range(n)]
        imports = "\n".join(f"import {name}" for name in EVERYTHING)
        fresh = [_start_s(isolation, None, f"{imports}\n{SOURCE}") for _ in range(3)]
        with _guest(isolation, forks, SOURCE) as kernel:
            same = Student(kernel).same
            array = np.random.default_rng(0).normal(size=10 * 2**20 // 8)
            small = _median_ms(lambda: same(1.0), 500)
            large = _median_ms(lambda: same(array), 50)
        with contextlib.ExitStack() as stack:
            alive = [stack.enter_context(_guest(isolation, forks, SOURCE)) for _ in range(3)]
            private = max(_private_mb(kernel) for kernel in alive)
    return {
        "first_cell_s": statistics.median(starts),
        "first_cell_s_without_fork_server": statistics.median(fresh),
        "call_ms": small,
        "array_10mib_ms": large,
        "private_mb": private,
    }


def overhead(folder: Path, students: int, jobs: int) -> float:
    """The share of the workers' time that is not the students' own, for notebooks that burn five seconds.

    (wall x workers - the students' CPU time) / (wall x workers).
    """
    room = classroom.make(folder, "sklearn", students, training=BURN)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.monotonic()
    peers.ours(room, jobs)
    wall = time.monotonic() - started
    del before
    own = 0.0
    for path in (room.folder / "results").rglob("executed.ipynb"):
        cells = json.loads(path.read_text())["cells"]
        shown = [t for c in cells for out in c.get("outputs", ()) for t in out.get("text", ())]
        own += sum(float(text.split()[1]) for text in shown if text.startswith("burned"))
    return (wall * jobs - own) / (wall * jobs)


def _importing(folder: Path) -> Exercise:
    """An exercise whose notebook imports everything."""
    room = classroom.make(folder, "sklearn", 1)
    course = Course(room.course)
    (exercise,) = course.exercises
    content = json.loads(exercise.solution.read_text())
    content["cells"][1]["source"] = "\n".join(f"import {name}" for name in EVERYTHING)
    exercise.solution.write_text(json.dumps(content))
    return exercise


def _start_s(isolation: sandbox.Isolation, forks: ForkServer | None, source: str) -> float:
    started = time.monotonic()
    with _guest(isolation, forks, source):
        return time.monotonic() - started


@contextlib.contextmanager
def _guest(isolation: sandbox.Isolation, forks: ForkServer | None, source: str) -> Iterator[Kernel]:
    setting = Setting(isolation, Limits(), forks=forks)
    with Kernel((Cell("", source),), setting, time.monotonic() + 300) as kernel:
        if problems := kernel.run().problems:
            raise peers.Failed(str(problems[0].error))
        yield kernel


def _median_ms(action: Callable[[], object], n: int) -> float:
    times = []
    for _ in range(n):
        started = time.perf_counter()
        action()
        times.append(time.perf_counter() - started)
    return 1000 * statistics.median(times)


def _private_mb(kernel: Kernel) -> float:
    """Memory in MiB that no other process shares, of a guest and its keeper."""
    assert kernel._jail is not None
    first = psutil.Process(kernel._jail.process.pid)
    family = [first, *first.children(recursive=True)]
    return sum(process.memory_full_info().uss for process in family) / 2**20

"""The systems that mark the class: each as its user would call it, from its own environment."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.benchmark.classroom import POINTS, UNIT, Classroom

ROOT = Path(__file__).parents[2]
CONSTRAINTS = ROOT / "constraints.txt"
REQUIREMENTS = ("nbgrader", "otter-grader", "scikit-learn", "torch", "tensorflow")


class Failed(Exception):
    """A command did not do what it was asked, or gave wrong marks."""


@dataclass(frozen=True)
class Timing:
    """One marking of a class.

    Attributes
    ----------
    each_s : float
        Wall seconds for one submission.
    """

    system: str
    library: str
    each_s: float


@dataclass(frozen=True)
class Peers:
    """nbgrader and otter in an environment of their own, with the libraries that we use ourselves."""

    folder: Path

    @property
    def bin(self) -> Path:
        """Where their commands are."""
        return self.folder / "bin"

    def install(self, say: Callable[[str], None]) -> None:
        """Make the environment, unless it is there and current."""
        wanted = hashlib.sha256(CONSTRAINTS.read_bytes() + repr(REQUIREMENTS).encode()).hexdigest()
        stamp = self.folder / "ready"
        if stamp.exists() and stamp.read_text() == wanted:
            return
        say(f"Installing {', '.join(REQUIREMENTS)} into {self.folder} …")
        _run([sys.executable, "-m", "venv", "--clear", str(self.folder)])
        pins = [line for line in CONSTRAINTS.read_text().splitlines() if line.startswith("torch==")]
        quiet = ["install", "--quiet", "--disable-pip-version-check", "--constraint", str(CONSTRAINTS)]
        _run([str(self.bin / "pip"), *quiet, *pins, *REQUIREMENTS])
        stamp.write_text(wanted)

    def versions(self) -> dict[str, str]:
        """What is installed."""
        listed = json.loads(_run([str(self.bin / "pip"), "list", "--format", "json"]))
        found = {entry["name"].lower(): entry["version"] for entry in listed}
        return {name: found[name] for name in REQUIREMENTS if name in found}

    def prepare(self, room: Classroom) -> None:
        """What an instructor does once before marking."""
        self._call("nbgrader", ["generate_assignment", UNIT], room.nbgrader)
        options = ["--tests-dir", "tests", "--output-path", "autograder.zip", "--no-environment"]
        self._call("otter", ["generate", *options], room.otter)

    def nbgrader(self, room: Classroom) -> Timing:
        """`nbgrader autograde` over the class."""
        shutil.rmtree(room.nbgrader / "autograded", ignore_errors=True)
        seconds = self._call("nbgrader", ["autograde", UNIT, "--force"], room.nbgrader)
        self._call("nbgrader", ["export"], room.nbgrader)
        with (room.nbgrader / "grades.csv").open() as file:
            marks = {row["student_id"]: float(row["raw_score"]) for row in csv.DictReader(file)}
        _compare("nbgrader", room, {name: marks[name] == POINTS for name in room.expected})
        return Timing("nbgrader", room.library, seconds / len(room.expected))

    def otter(self, room: Classroom, sample: int) -> Timing:
        """`otter run` over some of the class, one after another, as it works."""
        seconds, full = 0.0, {}
        for name in _spread(list(room.expected), sample):
            path = room.submission(room.otter, name)
            shutil.copy(path, room.otter / path.name)
            output = room.otter / "results"
            options = ["--autograder", "autograder.zip", "--output-dir", str(output), path.name]
            seconds += self._call("otter", ["run", *options], room.otter)
            result = json.loads((output / "results.json").read_text())
            tests = [test for test in result["tests"] if "max_score" in test]
            full[name] = sum(t["score"] for t in tests) == sum(t["max_score"] for t in tests) > 0
        _compare("otter", room, full)
        return Timing("otter", room.library, seconds / len(full))

    def _call(self, program: str, options: Sequence[str], folder: Path) -> float:
        started = time.monotonic()
        _run([str(self.bin / program), *options], folder, self.bin)
        return time.monotonic() - started


def ours(room: Classroom, jobs: int) -> Timing:
    """`autograder grade` over the class."""
    results = room.folder / "results"
    shutil.rmtree(results, ignore_errors=True)
    command = [sys.executable, "-m", "autograder", "grade", "submitted", "-o", str(results), "--json"]
    started = time.monotonic()
    _run([*command, "--jobs", str(jobs)], room.course)
    seconds = time.monotonic() - started
    found = json.loads((results / "class.json").read_text())["submissions"]
    _compare("ours", room, {r["student"]: r["points"] == POINTS for r in found})
    return Timing("ours", room.library, seconds / len(room.expected))


def _compare(system: str, room: Classroom, full: dict[str, bool]) -> None:
    wrong = [name for name, got in full.items() if got != room.expected[name]]
    if wrong or not full:
        raise Failed(f"{system} marked {wrong or 'nobody'} of {room.library} otherwise than it must.")


def _spread(names: list[str], sample: int) -> list[str]:
    """`sample` of the names, evenly, right and wrong ones."""
    step = max(1, (len(names) - 1) // max(1, sample - 1))
    return list(dict.fromkeys([*names[::step][:sample]]))


def _run(command: Sequence[str], folder: Path = ROOT, path: Path | None = None) -> str:
    """What the command wrote; its environment is ours without settings of one person."""
    kept = {name: value for name, value in os.environ.items() if name in ("HOME", "LANG", "USER", "TMPDIR")}
    before = f"{path}:" if path else ""
    environment = {**kept, "PATH": f"{before}/usr/local/bin:/usr/bin:/bin", "PYTHONPATH": str(ROOT)}
    if path:
        del environment["PYTHONPATH"]
    done = subprocess.run(
        command,
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    if done.returncode:
        said = (done.stdout + done.stderr)[-2000:]
        raise Failed(f"{' '.join(map(str, command))} ended with {done.returncode}:\n{said}")
    return done.stdout

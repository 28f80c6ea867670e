"""A course on disk: its settings, and every path as a property.

    pyproject.toml            [tool.autograder]: title, limits, secret; all have defaults
    solutions/<unit>/<exercise>.ipynb
    exercises/<unit>/<exercise>.ipynb
    reference/<unit>/<slug>.py, test_<slug>.py
    reference/release.secret  what hidden inputs derive from; made at the first marking, never committed

An exercise exists when its solution notebook does: adding one edits no table.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import secrets
import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from autograder.errors import CourseError, UsageError

SECRET_VARIABLE = "AUTOGRADER_RELEASE_SECRET"  # noqa: S105 - a name, not a secret


class Limits(BaseModel):
    """What one submission may use. Each exceeded limit is a verdict of its own."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    cell_s: float = Field(60, gt=0, description="wall seconds for a cell")
    call_s: float = Field(20, gt=0, description="wall seconds for one call, whatever it calls back")
    total_s: float = Field(300, gt=0, description="wall seconds for the whole submission")
    memory_mb: int = Field(4096, gt=0, description="memory of all its processes together, in MiB")
    processes: int = Field(256, gt=0, description="processes and threads together")
    threads: int = Field(
        1,
        gt=0,
        description="threads that BLAS, torch and TensorFlow may use in one process; marks may depend on it",
    )
    output_mb: float = Field(4, gt=0, description="text and pictures that one cell may put out, in MiB")
    disk_mb: int = Field(256, gt=0, description="what may be written to home, /tmp or /dev/shm, each, in MiB")
    notebook_mb: float = Field(20, gt=0, description="size of the submitted file, in MiB")
    cells: int = Field(2000, gt=0, description="cells in the submitted file")


class Settings(BaseModel):
    """`[tool.autograder]` of the course's pyproject.toml."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str = "Course"
    limits: Limits = Limits()
    exercises: dict[str, Limits] = Field(
        default={}, description='limits of single exercises, by "unit/exercise"; the rest as in `limits`'
    )
    guest_environment: dict[str, str] = Field(
        default={}, description="extra environment variables of student code, such as thread counts"
    )


@dataclass(frozen=True)
class Exercise:
    """One exercise notebook and the files that belong to it."""

    course: Course
    unit: str
    name: str

    @property
    def id(self) -> str:
        """`unit/exercise`, the name by which people call it."""
        return f"{self.unit}/{self.name}"

    @property
    def slug(self) -> str:
        """The name without its number: `01_split_first` gives `split_first`."""
        return re.sub(r"^\d+_", "", self.name)

    @property
    def solution(self) -> Path:
        """The instructor's notebook, with answers."""
        return self.course.solutions / self.unit / f"{self.name}.ipynb"

    @property
    def release(self) -> Path:
        """The notebook that students get."""
        return self.course.exercises_dir / self.unit / f"{self.name}.ipynb"

    @property
    def public_data(self) -> Path:
        """Files that students may read; may be absent."""
        return self.course.solutions / self.unit / "data"

    @property
    def reference(self) -> Path:
        """The oracle that graders compare with."""
        return self.course.reference / self.unit / f"{self.slug}.py"

    @property
    def grader(self) -> Path:
        """The pytest file with the hidden checks."""
        return self.course.reference / self.unit / f"test_{self.slug}.py"

    @property
    def corpus(self) -> Path:
        """Right and wrong answers that mark the grader."""
        return self.course.root / "tests" / "corpus" / self.unit / self.name

    @property
    def limits(self) -> Limits:
        """What a submission of this exercise may use."""
        return self.course.settings.exercises.get(self.id, self.course.settings.limits)


@dataclass(frozen=True)
class Course:
    """A course: a folder with `solutions/`, `exercises/` and `reference/`."""

    root: Path

    @classmethod
    def find(cls, start: Path | None = None) -> Course:
        """The course around `start` (default: the working directory).

        Raises
        ------
        UsageError
            When neither `start` nor a folder above it holds a `solutions/` folder.
        """
        here = (start or Path.cwd()).resolve()
        for folder in (here, *here.parents):
            if (folder / "solutions").is_dir() and (folder / "pyproject.toml").is_file():
                return cls(folder)
        raise UsageError(
            f"No course found in {here} or above it: a course is a folder with solutions/ and "
            "pyproject.toml. Go there, or name it with --course."
        )

    @property
    def solutions(self) -> Path:
        """Nbgrader's source directory."""
        return self.root / "solutions"

    @property
    def exercises_dir(self) -> Path:
        """Nbgrader's release directory."""
        return self.root / "exercises"

    @property
    def reference(self) -> Path:
        """References and graders: staff only."""
        return self.root / "reference"

    @property
    def secret_file(self) -> Path:
        """Where the release secret is kept."""
        return self.reference / "release.secret"

    @cached_property
    def settings(self) -> Settings:
        """`[tool.autograder]` of pyproject.toml.

        Raises
        ------
        CourseError
            When the file is no TOML or a setting is unknown or out of range.
        """
        path = self.root / "pyproject.toml"
        try:
            table = tomllib.loads(path.read_text("utf-8")).get("tool", {}).get("autograder", {})
            base = table.get("limits", {})
            table["exercises"] = {name: {**base, **own} for name, own in table.get("exercises", {}).items()}
            return Settings.model_validate(table)
        except (OSError, tomllib.TOMLDecodeError, ValidationError, AttributeError, TypeError) as error:
            raise CourseError(f"{path}, [tool.autograder]: {error}") from error

    @cached_property
    def secret(self) -> bytes:
        """What hidden inputs derive from: the environment's, else the file's, else a new one."""
        if value := os.environ.get(SECRET_VARIABLE):
            return value.encode()
        if not self.secret_file.exists():
            self._make_secret()
        return self.secret_file.read_bytes().strip()

    def _make_secret(self) -> None:
        self.secret_file.parent.mkdir(parents=True, exist_ok=True)
        aside = self.secret_file.with_suffix(f".{secrets.token_hex(8)}")
        with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_hex(32) + "\n")
        with contextlib.suppress(FileExistsError):  # another worker was first
            os.link(aside, self.secret_file)
        aside.unlink()

    @cached_property
    def exercises(self) -> tuple[Exercise, ...]:
        """Every exercise, by unit and name."""
        return tuple(
            Exercise(self, path.parent.name, path.stem) for path in sorted(self.solutions.glob("*/*.ipynb"))
        )

    @property
    def units(self) -> tuple[str, ...]:
        """The units that have exercises."""
        return tuple(dict.fromkeys(exercise.unit for exercise in self.exercises))

    def exercise(self, unit: str, name: str) -> Exercise:
        """The exercise of this unit and name.

        Raises
        ------
        UsageError
            When the course has no such unit or exercise; the message lists what there is.
        """
        for exercise in self.exercises:
            if (exercise.unit, exercise.name) == (unit, name):
                return exercise
        if unit not in self.units:
            raise UsageError(f"The course has no unit {unit!r}; it has {_listed(self.units)}.")
        names = [e.name for e in self.exercises if e.unit == unit]
        raise UsageError(f"Unit {unit!r} has no exercise {name!r}; it has {_listed(names)}.")

    def select(self, units: tuple[str, ...]) -> tuple[Exercise, ...]:
        """The exercises of these units (or `unit/exercise` names); all of them when none is given."""
        if not units:
            return self.exercises
        chosen: list[Exercise] = []
        for name in units:
            unit, _, exercise = name.strip("/").partition("/")
            if exercise:
                chosen.append(self.exercise(unit, exercise))
            elif unit in self.units:
                chosen += [e for e in self.exercises if e.unit == unit]
            else:
                raise UsageError(f"The course has no unit {unit!r}; it has {_listed(self.units)}.")
        return tuple(dict.fromkeys(chosen))


def digest(*parts: bytes) -> str:
    """SHA-256 over parts whose borders count."""
    state = hashlib.sha256()
    for part in parts:
        state.update(len(part).to_bytes(8, "little") + part)
    return state.hexdigest()


def _listed(names: tuple[str, ...] | list[str]) -> str:
    return ", ".join(names) or "none yet"

"""The repository itself: what its files promise, and what must never be in them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from autograder import cli
from autograder import release as releasing
from autograder.course import Course

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
SOLUTIONS = sorted(ROOT.glob("solutions/*/*.ipynb"))
README = (ROOT / "README.md").read_text("utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text("utf-8")


@pytest.mark.parametrize("path", SOLUTIONS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_solutions_are_stored_without_outputs(path: Path) -> None:
    for number, cell in enumerate(json.loads(path.read_text("utf-8"))["cells"], 1):
        if cell["cell_type"] == "code":
            assert not cell["outputs"], f"cell {number} has outputs: clear them in JupyterLab and save"
            assert cell["execution_count"] is None, f"cell {number} has a number: clear outputs and save"


@pytest.mark.lab
def test_released_notebooks_are_in_step_with_their_solutions() -> None:
    course = Course(ROOT)
    assert releasing.out_of_step(course, course.exercises) == []


def test_constraints_pin_every_dependency_within_its_range() -> None:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    pins = dict(line.split("==") for line in lines if line and not line.startswith("#"))
    pinned = {canonicalize_name(name): version for name, version in pins.items()}
    extras = PROJECT["optional-dependencies"]
    for text in [*PROJECT["dependencies"], *(text for extra in extras.values() for text in extra)]:
        wanted = Requirement(text)
        version = pinned.get(canonicalize_name(wanted.name))
        assert version, f"{wanted.name} is not pinned: make pin"
        assert wanted.specifier.contains(version), f"{wanted} is pinned to {version}"
    assert "+" not in "".join(pins.values()), "a local build is pinned, which others cannot install"


def test_a_light_core() -> None:
    """Marking needs none of the big libraries unless a course does."""
    core = {Requirement(text).name for text in PROJECT["dependencies"]}
    assert core.isdisjoint(
        {"torch", "tensorflow", "lightning", "scikit-learn", "pandas", "jupyterlab", "nbgrader"}
    )


def test_the_wheel_holds_the_machinery_and_nothing_of_the_course(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.partition("/")[0] for name in names} == {
        "autograder",
        f"mlhpc_autograder-{PROJECT['version']}.dist-info",
    }
    assert {"autograder/py.typed", "autograder/guest.py", "autograder/templates/class.html"} <= set(names)


def test_the_readme_lists_exactly_the_commands_that_exist() -> None:
    listed = set(re.findall(r"^\| `autograder ([a-z]+)", README, re.MULTILINE))
    assert listed == set(cli.main.commands)


@pytest.mark.parametrize("text", [README, CONTRIBUTING], ids=["README", "CONTRIBUTING"])
def test_documents_name_only_make_targets_and_files_that_exist(text: str) -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for target in set(re.findall(r"`make ([a-z-]+)", text)):
        assert f"\n{target}:" in makefile, target
    for link in set(re.findall(r"\]\((?!https?:|#)([^)#]+)", text)):
        assert (ROOT / link).exists(), link


def test_no_exercise_is_named_in_the_machinery() -> None:
    names = {path.stem for path in SOLUTIONS} | {re.sub(r"^\d+_", "", path.stem) for path in SOLUTIONS}
    files = [path for path in (ROOT / "autograder").rglob("*") if path.suffix in (".py", ".html", ".js")]
    # Docstrings may show what a name looks like.
    code = {path: re.sub(r'""".*?"""', "", path.read_text("utf-8"), flags=re.DOTALL) for path in files}
    assert [(path.name, name) for path, text in code.items() for name in names if name in text] == []

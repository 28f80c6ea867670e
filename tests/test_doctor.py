"""What the doctor says of machines that have, lack or half have something."""

from __future__ import annotations

import json
import os
import sys
from collections import namedtuple
from collections.abc import Callable
from importlib.machinery import ModuleSpec
from pathlib import Path

import psutil
import pytest
from jupyter_client.kernelspec import KernelSpecManager

from autograder import doctor, sandbox
from autograder.course import SECRET_VARIABLE, Course
from autograder.doctor import Finding

Put = Callable[[str, str], None]


@pytest.fixture
def put(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Put:
    """A machine whose only programs are those put there: name, and what its shell script does."""
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))

    def put(name: str, script: str) -> None:
        (folder / name).write_text(f"#!/bin/sh\n{script}\n")
        (folder / name).chmod(0o755)

    return put


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Course:
    """A course of one whole exercise."""
    monkeypatch.delenv(SECRET_VARIABLE, raising=False)
    for name in (
        "solutions/u1_first/01_double.ipynb",
        "exercises/u1_first/01_double.ipynb",
        "reference/u1_first/double.py",
        "reference/u1_first/test_double.py",
        "pyproject.toml",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "pyproject.toml").write_text('[tool.autograder]\ntitle = "Small"\n')
    return Course(tmp_path)


def topics(findings: list[Finding]) -> dict[str, Finding]:
    return {finding.topic: finding for finding in findings}


def test_this_machine_is_described_whole(course: Course) -> None:
    found = topics(doctor.examine(course))
    assert {"Python", "machine", "isolation: bubblewrap", "isolation: process", "user namespaces"} <= set(
        found
    )
    assert {"seccomp", "SLURM", "GPUs", "Jupyter kernel", "libraries", "nbgrader", "course"} <= set(found)
    assert found["Python"].ok is True
    assert found["isolation: process"].ok is None
    assert all(finding.what for finding in found.values())
    assert all(finding.mend for finding in found.values() if finding.ok is False)


def test_the_doctor_works_without_a_course() -> None:
    finding = topics(doctor.examine(None))["course"]
    assert finding.ok is None
    assert "--course" in finding.mend


def test_an_old_python_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "OLDEST_PYTHON", (99, 0))
    assert doctor._python().ok is False


Memory = namedtuple("Memory", "total")


@pytest.mark.parametrize(
    ("gib", "ok", "says"),
    [(2, False, "one submission may use 4096 MiB"), (4, True, "need more"), (4000, True, "for this process")],
)
def test_memory_is_compared_with_what_submissions_may_use(
    course: Course, monkeypatch: pytest.MonkeyPatch, gib: int, ok: bool, says: str
) -> None:
    monkeypatch.setattr(psutil, "virtual_memory", lambda: Memory(gib << 30))
    monkeypatch.setattr(doctor, "MEMORY_LIMITS", ())
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1, 2})
    finding = doctor._machine(course)
    assert (finding.ok, says in finding.what) == (ok, True)
    if gib == 4:
        assert finding.mend.endswith("--jobs 1")


def test_the_memory_of_a_container_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "memory.max").write_text(f"{3 << 30}\n")
    (tmp_path / "none").write_text("max\n")
    monkeypatch.setattr(
        doctor, "MEMORY_LIMITS", (tmp_path / "memory.max", tmp_path / "none", tmp_path / "gone")
    )
    assert "3.0 GiB" in doctor._machine(None).what


def test_a_machine_without_bubblewrap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "available", lambda: {"bubblewrap": "It is not there.", "process": ""})
    missing, plain = doctor._isolation()
    assert (missing.ok, missing.what) == (False, "It is not there.")
    assert plain.ok is None
    assert doctor._seccomp().ok is None


@pytest.mark.parametrize(("works", "ok"), [(True, True), (False, False)])
def test_seccomp(monkeypatch: pytest.MonkeyPatch, works: bool, ok: bool) -> None:
    monkeypatch.setattr(sandbox, "choose", lambda: sandbox.Isolation("bubblewrap", "bwrap", works))
    finding = doctor._seccomp()
    assert finding.ok is ok
    assert bool(finding.mend) is not ok


@pytest.mark.parametrize(
    ("settings", "ok", "says"),
    [
        ({}, True, "may make them"),
        ({"kernel/unprivileged_userns_clone": "0"}, False, "kernel.unprivileged_userns_clone"),
        ({"user/max_user_namespaces": "0"}, False, "user.max_user_namespaces"),
        ({"kernel/apparmor_restrict_unprivileged_userns": "1"}, None, "AppArmor"),
    ],
)
def test_user_namespaces_of_ordinary_users(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: dict[str, str], ok: bool | None, says: str
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(doctor, "SYSTEM_SETTINGS", tmp_path)
    for name, value in settings.items():
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(value + "\n")
    finding = doctor._user_namespaces()
    assert (finding.ok, says in finding.what) == (ok, True)
    assert bool(finding.mend) is (ok is not True)


def test_user_namespaces_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert doctor._user_namespaces().ok is None


def test_no_slurm(put: Put) -> None:
    assert doctor._slurm().ok is None


def test_slurm_that_answers(put: Put) -> None:
    for name in ("srun", "squeue", "sacct"):
        put(name, "exit 0")
    put("sbatch", "echo slurm 23.11.4")
    put("sinfo", "echo 'main*'; echo gpu")
    assert doctor._slurm() == Finding("SLURM", True, "slurm 23.11.4 with partitions main*, gpu")


def test_slurm_whose_controller_does_not_answer(put: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "PATIENCE_S", 0.2)
    for name in ("srun", "squeue", "sacct", "sbatch"):
        put(name, "exit 0")
    put("sinfo", "exec /bin/sleep 5")
    finding = doctor._slurm()
    assert finding.ok is False
    assert "no partition" in finding.what


def test_half_a_slurm(put: Put) -> None:
    put("sbatch", "echo slurm 23.11.4")
    assert doctor._slurm().what == "slurm 23.11.4, but without srun, squeue, sacct"


def test_no_gpu(put: Put) -> None:
    put("nvidia-smi", "echo no devices; exit 9")
    assert doctor._gpus().ok is None


@pytest.mark.parametrize(
    ("torch", "ok", "says"),
    [
        ("cuda: Optional[str] = '13.0'\n", True, "built for CUDA 13.0"),
        ("__version__ = '2.13.0+cpu'\ncuda: str | None = None\n", None, "built without CUDA"),
        (None, True, "1: NVIDIA A100"),
    ],
)
def test_gpus_and_the_torch_that_could_use_them(
    put: Put, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, torch: str | None, ok: bool | None, says: str
) -> None:
    put("nvidia-smi", "echo 'GPU 0: NVIDIA A100 (UUID: GPU-1234)'")
    (tmp_path / "version.py").write_text(torch or "")
    spec = ModuleSpec("torch", None, origin=str(tmp_path / "__init__.py"))
    monkeypatch.setattr(doctor, "find_spec", lambda name: spec if torch else None)
    finding = doctor._gpus()
    assert (finding.ok, says in finding.what) == (ok, True)


@pytest.mark.parametrize(
    ("program", "ok", "says"),
    [
        ("/gone/python", False, "starts a program that is not there"),
        ("/bin/sh", None, "another Python"),
        (sys.executable, True, "python3 (P)"),
        ("python", True, "python3 (P)"),
    ],
)
def test_the_kernel_that_jupyterlab_starts(
    put: Put, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str, ok: bool | None, says: str
) -> None:
    monkeypatch.setattr(doctor, "KernelSpecManager", lambda: KernelSpecManager(kernel_dirs=[str(tmp_path)]))
    (tmp_path / "python3").mkdir()
    kernel = {"argv": [program], "display_name": "P", "language": "python"}
    (tmp_path / "python3" / "kernel.json").write_text(json.dumps(kernel))
    finding = doctor._kernel()
    assert (finding.ok, says in finding.what) == (ok, True)
    assert bool(finding.mend) is (ok is not True)


def test_libraries_that_are_missing_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "COURSE_LIBRARIES", ("numpy", "no-such-library-at-all"))
    finding = doctor._libraries()
    assert finding.ok is None
    assert finding.what.startswith("numpy ")
    assert finding.what.endswith("not installed: no-such-library-at-all")
    assert "[course]" in finding.mend


def test_nbgrader(put: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "_version", lambda name: "")
    assert "[lab]" in doctor._nbgrader().mend
    monkeypatch.setattr(doctor, "_version", lambda name: "0.9.6")
    assert "alembic" in doctor._nbgrader().what
    put("alembic", "exit 0")
    assert doctor._nbgrader() == Finding("nbgrader", True, "nbgrader 0.9.6")


def test_browser(put: Put) -> None:
    assert doctor._browser().ok is None
    put("chromium-browser", "exit 0")
    assert doctor._browser().ok is True


def test_a_whole_course(course: Course) -> None:
    about, secret = doctor._course(course)
    assert (about.ok, about.what) == (True, f"“Small” in {course.root}: u1_first (1)")
    assert secret.ok is None
    assert course.secret
    assert doctor._secret(course).ok is True


def test_what_an_exercise_lacks_is_named(course: Course) -> None:
    exercise = course.exercises[0]
    exercise.release.unlink()
    exercise.grader.unlink()
    lacks = [finding for finding in doctor._course(course) if finding.topic == exercise.id]
    assert [finding.what.split()[0] for finding in lacks] == [
        "exercises/u1_first/01_double.ipynb",
        "reference/u1_first/test_double.py",
    ]
    assert lacks[0].mend == "autograder release"


def test_a_course_without_exercises(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").touch()
    assert next(iter(doctor._course(Course(tmp_path)))).ok is False


def test_settings_that_cannot_be_read(course: Course) -> None:
    (course.root / "pyproject.toml").write_text("[tool.autograder]\nno_such_setting = 1\n")
    findings = list(doctor._course(course))
    assert [finding.ok for finding in findings] == [False]
    assert "no_such_setting" in findings[0].what
    assert doctor._machine(course).ok is not None


@pytest.mark.parametrize("mode", [0o644, 0o660, 0o604])
def test_a_secret_that_others_can_read(course: Course, mode: int) -> None:
    course.secret_file.write_text("x")
    course.secret_file.chmod(mode)
    finding = doctor._secret(course)
    assert finding.ok is False
    assert finding.mend == f"chmod 600 {course.secret_file}"


def test_a_secret_that_is_not_ours(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    course.secret_file.touch(mode=0o600)
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    assert "not yours to read" in doctor._secret(course).what


def test_a_secret_behind_a_file(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Course, "secret_file", property(lambda self: self.root / "pyproject.toml" / "secret"))
    assert "cannot be read" in doctor._secret(course).what


def test_a_secret_from_the_environment(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SECRET_VARIABLE, "x")
    assert SECRET_VARIABLE in doctor._secret(course).what

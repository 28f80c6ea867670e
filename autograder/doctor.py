"""What this machine can do, in plain words.

Each finding says what is so and, if it could be better, what to type. Nothing heavy is imported: versions
come from the packages' metadata, and GPUs from their driver's own program.
"""

from __future__ import annotations

import os
import platform
import re
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

import psutil
from jupyter_client.kernelspec import KernelSpecManager

from autograder import sandbox
from autograder.course import SECRET_VARIABLE, Course, Exercise
from autograder.errors import AutograderError

OLDEST_PYTHON = (3, 11)
COURSE_LIBRARIES = (
    "numpy",
    "pandas",
    "scikit-learn",
    "matplotlib",
    "torch",
    "lightning",
    "tensorflow",
    "submitit",
)
SLURM_COMMANDS = ("sbatch", "srun", "squeue", "sacct")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
PATIENCE_S = 10
SYSTEM_SETTINGS = Path("/proc/sys")
MEMORY_LIMITS = (Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"))


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at.

    Attributes
    ----------
    ok : bool | None
        Whether it is as marking needs it; None when marking does not depend on it.
    what : str
        What was found.
    mend : str
        What to type or do, if something could be better.
    """

    topic: str
    ok: bool | None
    what: str
    mend: str = ""


def examine(course: Course | None) -> list[Finding]:
    """Look at this machine and, if there is one, at the course; takes a second or two and changes nothing."""
    return [
        _python(),
        _machine(course),
        *_isolation(),
        _user_namespaces(),
        _seccomp(),
        _slurm(),
        _gpus(),
        _kernel(),
        _libraries(),
        _nbgrader(),
        _browser(),
        *_course(course),
    ]


def _python() -> Finding:
    what = (
        f"Python {platform.python_version()} at {sys.executable}, on {platform.system()} {platform.machine()}"
    )
    if sys.version_info < OLDEST_PYTHON:
        return Finding("Python", False, what, "Use Python 3.11 or newer: make PYTHON=python3.11")
    return Finding("Python", True, what)


def _machine(course: Course | None) -> Finding:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    memory = min([psutil.virtual_memory().total, *_memory_limits()]) >> 20
    what = f"{cores} cores and {memory / 1024:.1f} GiB of memory for this process"
    needed = _largest_limit(course)
    fit = memory // needed
    if fit < 1:
        mend = "Lower memory_mb under [tool.autograder.limits] in pyproject.toml, or use a larger machine."
        return Finding("machine", False, f"{what}; one submission may use {needed} MiB", mend)
    if fit < cores:
        mend = f"If marking ends for lack of memory: autograder grade --jobs {fit}"
        return Finding("machine", True, f"{what}; {cores} submissions at {needed} MiB each need more", mend)
    return Finding("machine", True, what)


def _largest_limit(course: Course | None) -> int:
    """Memory that the greediest exercise allows, in MiB."""
    try:
        limits = [exercise.limits.memory_mb for exercise in course.exercises] if course else []
    except AutograderError:
        limits = []
    return max(limits, default=1)


def _memory_limits() -> Iterator[int]:
    """Bytes that a container or a batch job leaves us."""
    for path in MEMORY_LIMITS:
        if (text := _read(path)).isdigit():
            yield int(text)


def _isolation() -> Iterator[Finding]:
    for level, reason in sandbox.available().items():
        if level == sandbox.PROCESS:
            what = "no sandbox: student code can read what you can; only --isolation process chooses it"
            yield Finding(f"isolation: {level}", None, what)
        elif reason:
            mend = "Until then classes cannot be marked safely, and `autograder grade` refuses to."
            yield Finding(f"isolation: {level}", False, reason, mend)
        else:
            binary = sandbox.choose(level).binary
            what = f"{_output(binary, '--version') or level} ({binary}) makes sandboxes here"
            yield Finding(f"isolation: {level}", True, what)


def _user_namespaces() -> Finding:
    topic = "user namespaces"
    if sys.platform != "linux":
        return Finding(topic, None, "exist on Linux only")
    if os.geteuid() == 0:
        return Finding(topic, None, "not needed: you are root, and students' code gets a user id of its own")
    switches = {"user/max_user_namespaces": "0", "kernel/unprivileged_userns_clone": "0"}
    for name, off in switches.items():
        if _read(SYSTEM_SETTINGS / name) == off:
            setting = name.replace("/", ".")
            value = "1" if "clone" in name else "15000"
            mend = f"Ask the administrator for: sysctl {setting}={value}"
            return Finding(topic, False, f"switched off for ordinary users by {setting}", mend)
    setting = "kernel/apparmor_restrict_unprivileged_userns"
    if _read(SYSTEM_SETTINGS / setting) == "1":
        mend = "If no sandbox can be made, install the system's bubblewrap: sudo apt-get install bubblewrap"
        return Finding(topic, None, "AppArmor allows them to some programs only", mend)
    return Finding(topic, True, "ordinary users may make them")


def _seccomp() -> Finding:
    try:
        filtered = sandbox.choose().seccomp
    except AutograderError:
        return Finding("seccomp", None, "not looked at, as there is no sandbox that would use it")
    if filtered:
        return Finding("seccomp", True, "dangerous system calls are refused in the sandbox")
    what = "system calls are not filtered: the sandbox still holds, with one wall less"
    return Finding("seccomp", False, what, "sudo apt-get install libseccomp2; pip install pyseccomp")


def _slurm() -> Finding:
    missing = [name for name in SLURM_COMMANDS if shutil.which(name) is None]
    if len(missing) == len(SLURM_COMMANDS):
        return Finding("SLURM", None, "not here: everything runs on this machine")
    found = _output("sbatch", "--version") or "SLURM"
    if missing:
        return Finding(
            "SLURM", False, f"{found}, but without {', '.join(missing)}", "Load your site's SLURM module."
        )
    if not (partitions := _output("sinfo", "--noheader", "--format=%P").split()):
        mend = "Try `sinfo` by hand; jobs cannot be sent until it lists a partition."
        return Finding("SLURM", False, f"{found}, but its controller lists no partition", mend)
    return Finding("SLURM", True, f"{found} with partitions {', '.join(partitions)}")


def _gpus() -> Finding:
    """GPUs as their driver lists them, and whether the installed PyTorch could use them."""
    names = re.findall(r"^GPU \d+: (.+?)(?: \(UUID.*)?$", _output("nvidia-smi", "--list-gpus"), re.MULTILINE)
    if not names:
        return Finding("GPUs", None, "none that nvidia-smi lists: notebooks run on the CPU")
    what = f"{len(names)}: {', '.join(dict.fromkeys(names))}"
    if (cuda := _cuda_of_torch()) == "":
        return Finding(
            "GPUs", None, f"{what}; the installed PyTorch is built without CUDA", "Install a CUDA build."
        )
    return Finding("GPUs", True, f"{what}; PyTorch is built for CUDA {cuda}" if cuda else what)


def _cuda_of_torch() -> str | None:
    """The CUDA version that PyTorch was built for, "" for none; None without PyTorch. Does not import it."""
    spec = find_spec("torch")
    if spec is None or not spec.origin:
        return None
    text = _read(Path(spec.origin).with_name("version.py"))
    found = re.search(r"^cuda\b[^=]*= *(?:'([^']*)'|None)", text, re.MULTILINE)
    return (found[1] or "") if found else ""


def _kernel() -> Finding:
    """What JupyterLab starts for the notebooks here; ipykernel itself stands in when no spec is installed."""
    topic, mend = "Jupyter kernel", f"{sys.executable} -m ipykernel install --sys-prefix"
    spec = KernelSpecManager().get_kernel_spec("python3")
    program = _started_program(spec.argv)
    if program is None:
        return Finding(
            topic, False, f"python3 in {spec.resource_dir} starts a program that is not there", mend
        )
    if Path(program).parent != Path(sys.executable).parent:
        what = f"python3 in {spec.resource_dir} starts {program}: JupyterLab's notebooks use another Python"
        return Finding(topic, None, what, mend)
    return Finding(topic, True, f"python3 ({spec.display_name}) in {spec.resource_dir}")


def _started_program(argv: list[str]) -> str | None:
    """The program of a kernel; Jupyter reads a bare `python` as its own Python."""
    if argv and argv[0] in ("python", "python3", f"python{sys.version_info[0]}.{sys.version_info[1]}"):
        return sys.executable
    return shutil.which(argv[0]) if argv else None


def _libraries() -> Finding:
    versions = {name: _version(name) for name in COURSE_LIBRARIES}
    what = ", ".join(f"{name} {found}" for name, found in versions.items() if found)
    missing = [name for name, found in versions.items() if not found]
    if not missing:
        return Finding("libraries", True, what)
    mend = "If the course's notebooks import them: pip install 'mlhpc-autograder[course]'"
    return Finding("libraries", None, f"{what or 'none'}; not installed: {', '.join(missing)}", mend)


def _nbgrader() -> Finding:
    if not (found := _version("nbgrader")):
        mend = "To make releases: pip install 'mlhpc-autograder[lab]'"
        return Finding("nbgrader", None, "not installed: marking works, making releases does not", mend)
    if shutil.which("alembic") is None:
        mend = f"Put its programs on the path: export PATH={Path(sys.executable).parent}:$PATH"
        what = f"nbgrader {found}; its own commands look for `alembic` on the path and don't find it"
        return Finding("nbgrader", None, what, mend)
    return Finding("nbgrader", True, f"nbgrader {found}")


def _browser() -> Finding:
    for name in BROWSERS:
        if path := shutil.which(name):
            return Finding("browser", True, f"{path}, for tests of the reports")
    mend = "Only for developers: sudo apt-get install chromium"
    return Finding("browser", None, "no Chromium: tests that look at the reports are skipped", mend)


def _course(course: Course | None) -> Iterator[Finding]:
    if course is None:
        mend = (
            "Go to a folder with solutions/ and pyproject.toml, or name it: autograder --course FOLDER doctor"
        )
        yield Finding("course", None, "there is none around this folder", mend)
        return
    try:
        title, exercises = course.settings.title, course.exercises
    except AutograderError as error:
        yield Finding("course", False, str(error), "Mend [tool.autograder] in pyproject.toml.")
        return
    units = ", ".join(f"{unit} ({sum(e.unit == unit for e in exercises)})" for unit in course.units)
    mend = "" if exercises else "Put notebooks into solutions/<unit>/."
    yield Finding(
        "course", bool(exercises), f"“{title}” in {course.root}: {units or 'no exercises yet'}", mend
    )
    for exercise in exercises:
        yield from _parts(exercise)
    yield _secret(course)


def _parts(exercise: Exercise) -> Iterator[Finding]:
    """What an exercise lacks."""
    needed = {
        exercise.release: "autograder release",
        exercise.reference: "Write it; CONTRIBUTING says how.",
        exercise.grader: "Write it; CONTRIBUTING says how.",
    }
    for path, mend in needed.items():
        if not path.is_file():
            shown = path.relative_to(exercise.course.root)
            yield Finding(exercise.id, False, f"{shown} does not exist", mend)


def _secret(course: Course) -> Finding:
    topic, path = "release secret", course.secret_file
    if os.environ.get(SECRET_VARIABLE):
        return Finding(topic, True, f"taken from {SECRET_VARIABLE}")
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
    except FileNotFoundError:
        return Finding(topic, None, f"will be made at the first marking, in {path}")
    except OSError as error:
        return Finding(topic, False, f"{path} cannot be read: {error.strerror}", f"ls -l {path}")
    if mode & 0o077:
        return Finding(topic, False, f"{path} can be read by others (mode {mode:04o})", f"chmod 600 {path}")
    if not os.access(path, os.R_OK):
        return Finding(topic, False, f"{path} is not yours to read", f"ls -l {path}")
    return Finding(topic, True, f"{path}, readable by its owner only")


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8", errors="replace").strip()
    except OSError:
        return ""


def _output(*command: str) -> str:
    """What a program prints; "" when it is missing, fails or does not answer in time."""
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, errors="replace", timeout=PATIENCE_S, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.strip()

"""What student code can see and reach, looked at from inside; and that nothing outlives the marker."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import nbformat
import psutil
import pytest

from autograder import sandbox
from autograder.course import Course, Limits
from autograder.errors import CourseError, SandboxUnavailable
from autograder.forkserver import ForkServer, Nursery
from autograder.kernel import Kernel, Setting
from autograder.student import Student
from autograder.submission import Cell

LIMITS = Limits(call_s=20, total_s=300, disk_mb=8, memory_mb=700, processes=40)
BOXED = sandbox.available()[sandbox.BUBBLEWRAP] == ""

NOTEBOOK = r"""
import ctypes, errno, os, resource, socket, stat, subprocess, sys

libc = ctypes.CDLL(None, use_errno=True)

def evaluate(source, **names):
    return eval(source, {**globals(), **names})

def syscall(number, *arguments):
    libc.syscall.restype = ctypes.c_long
    result = libc.syscall(ctypes.c_long(number), *map(ctypes.c_long, arguments))
    return errno.errorcode[ctypes.get_errno()] if result == -1 else "done"

def status():
    lines = open("/proc/self/status").read().splitlines()
    return dict(line.split(":\t", 1) for line in lines if ":\t" in line)

def attempt(action, *arguments):
    try:
        action(*arguments)
    except OSError as error:
        return errno.errorcode[error.errno]
    return "done"

def write(path):
    def action():
        with open(path, "w") as file:
            file.write("x")
    return attempt(action)

def family(number, kind=socket.SOCK_STREAM):
    return attempt(lambda: socket.socket(number, kind).close())

def fill(folder):
    size = 0
    try:
        with open(f"{folder}/large", "wb") as file:
            for _ in range(64):
                size += file.write(bytes(1 << 20))
                file.flush()
    except OSError as error:
        return size >> 20, errno.errorcode[error.errno]
    finally:
        os.remove(f"{folder}/large")
    return size >> 20, "done"

def descriptors():
    found = {}
    for name in os.listdir("/proc/self/fd"):
        try:
            found[name] = os.readlink(f"/proc/self/fd/{name}")
        except OSError:
            pass
    return found
"""


def launched(level: str, data: Path | None = None, forks: ForkServer | None = None) -> Kernel:
    setting = Setting(sandbox.choose(level), LIMITS, data, {"FROM_COURSE": "1"}, forks)
    return Kernel((Cell("", NOTEBOOK),), setting, time.monotonic() + 300)


def course_with(data: Path) -> Course:
    """A course of one notebook, with these public data, whose notebook imports json."""
    root = data.parent
    unit = root / "solutions" / "u1"
    unit.mkdir(parents=True)
    data.rename(unit / "data")
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("import json\nimport numpy as np")])
    (unit / "01_one.ipynb").write_text(nbformat.writes(notebook))
    settings = '[tool.autograder.guest_environment]\nFROM_COURSE = "1"\n'
    (root / "pyproject.toml").write_text(settings)
    return Course(root)


@pytest.fixture(scope="module", params=["fresh", "forked"])
def box(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Student]:
    if not BOXED:
        pytest.skip(sandbox.available()[sandbox.BUBBLEWRAP])
    data = tmp_path_factory.mktemp("course") / "data"
    data.mkdir()
    (data / "rows.csv").write_text("1,2\n")
    data.chmod(0o755)
    os.environ["A_SECRET_OF_THE_MARKER"] = "hunter2"
    try:
        with contextlib.ExitStack() as stack:
            forks = None
            if request.param == "forked":
                exercises = course_with(data).exercises
                data = exercises[0].public_data
                nursery = stack.enter_context(Nursery(sandbox.choose(), exercises))
                forks = stack.enter_context(nursery.lend(exercises[0]))
                assert forks is not None, nursery.refusals
            kernel = stack.enter_context(launched("auto", data, forks))
            assert kernel.run().problems == []
            yield Student(kernel)
    finally:
        del os.environ["A_SECRET_OF_THE_MARKER"]


inside = pytest.mark.sandbox


# ---------------------------------------------------------------- who the guest is


@inside
def test_the_guest_is_a_user_of_its_own(box: Student) -> None:
    ids = box.evaluate("os.getresuid(), os.getresgid(), os.getgroups()")
    uid = ids[0][0]
    assert uid not in (0, os.getuid()) or os.getuid() != 0
    assert uid != 0
    assert (ids[0], ids[1]) == ((uid,) * 3, (uid,) * 3)
    assert set(ids[2]) <= {uid, 65534}
    assert box.evaluate("os.getlogin() if False else __import__('getpass').getuser()") == "student"
    assert box.evaluate("os.path.expanduser('~')") == "/home/student"


@inside
def test_the_guest_has_no_capabilities(box: Student) -> None:
    status = box.status()
    for name in ("CapInh", "CapPrm", "CapEff", "CapAmb"):
        assert int(status[name], 16) == 0, name
    assert status["NoNewPrivs"] == "1"  # so there is no way back to one


@inside
def test_system_calls_are_filtered(box: Student) -> None:
    assert sandbox.choose().name == "bubblewrap"
    assert box.status()["Seccomp"] == "2"


@inside
def test_it_cannot_become_another_user(box: Student) -> None:
    for source in (
        "os.setuid(0)",
        "os.setgid(0)",
        "os.setgroups([0])",
        "os.chown('/tmp', 0, 0)",
        "os.nice(-5)",
    ):
        assert box.evaluate(f"attempt(lambda: {source})") in ("EPERM", "EACCES")


CALLS = {  # x86-64 numbers and arguments
    "ptrace": (101, 0, 0, 0, 0),
    "mount": (165, 0, 0, 0, 0, 0),
    "umount2": (166, 0, 0),
    "unshare user": (272, 0x10000000),
    "unshare mount": (272, 0x00020000),
    "setns": (308, 0, 0),
    "keyctl": (250, 0, 0),
    "add_key": (248, 0, 0, 0, 0, 0),
    "bpf": (321, 0, 0, 0),
    "perf_event_open": (298, 0, 0, -1, -1, 0),
    "userfaultfd": (323, 0),
    "io_uring_setup": (425, 1, 0),
    "memfd_create": (319, 0, 0),
    "memfd_secret": (447, 0),
    "pidfd_open": (434, 1, 0),
    "process_vm_readv": (310, 1, 0, 0, 0, 0, 0),
    "chroot": (161, 0),
    "pivot_root": (155, 0, 0),
    "init_module": (175, 0, 0, 0),
    "clone new user": (56, 0x10000000 | 17, 0, 0, 0, 0),
    "clone new pid": (56, 0x20000000 | 17, 0, 0, 0, 0),
    "open_by_handle_at": (304, 0, 0, 0),
    "fsopen": (430, 0, 0),
    "move_mount": (429, 0, 0, 0, 0, 0),
}


@inside
@pytest.mark.skipif(os.uname().machine != "x86_64", reason="numbers of another architecture")
@pytest.mark.parametrize("name", CALLS)
def test_system_calls_that_no_notebook_needs_are_denied(box: Student, name: str) -> None:
    assert box.syscall(*CALLS[name]) == "EPERM"


@inside
@pytest.mark.skipif(os.uname().machine != "x86_64", reason="numbers of another architecture")
def test_clone3_is_hidden_so_that_its_flags_cannot_be(box: Student) -> None:
    assert box.syscall(435, 0, 0) == "ENOSYS"


@inside
def test_socket_families_are_few(box: Student) -> None:
    allowed = [number for number in range(64) if box.family(number) != "EAFNOSUPPORT"]
    assert set(allowed) <= sandbox.ALLOWED_FAMILIES
    assert box.evaluate("family(socket.AF_PACKET, socket.SOCK_RAW)") == "EAFNOSUPPORT"
    assert box.evaluate("family(socket.AF_INET, socket.SOCK_RAW)") in ("EPERM", "EPROTONOSUPPORT")
    assert box.evaluate("family(socket.AF_INET)") == "done"


@inside
def test_there_is_only_a_loopback_device(box: Student) -> None:
    assert [name for _, name in box.evaluate("socket.if_nameindex()")] == ["lo"]
    assert box.evaluate("socket.gethostname()") == "sandbox"


# ---------------------------------------------------------------- what it sees


@inside
def test_it_sees_its_own_processes_only(box: Student) -> None:
    pids = box.evaluate("sorted(int(n) for n in os.listdir('/proc') if n.isdigit())")
    names = box.evaluate("[open(f'/proc/{p}/comm').read().strip() for p in pids]", pids=pids)
    assert len(pids) <= 3
    assert names[0] in ("bwrap", "python")
    assert all(name.startswith("python") for name in names[1:])


@inside
def test_it_cannot_read_its_keeper(box: Student) -> None:
    for name in ("environ", "mem", "root", "cwd", "fd"):
        got = box.evaluate(
            f"attempt(lambda: (os.listdir if '{name}' in ('fd', 'root', 'cwd') else open)('/proc/1/{name}'))"
        )
        assert got in ("EACCES", "EPERM", "ENOENT"), name


@inside
def test_no_variable_of_the_marker_reaches_it(box: Student) -> None:
    names = box.evaluate("dict(os.environ)")
    assert "A_SECRET_OF_THE_MARKER" not in names
    assert "hunter2" not in "".join(names.values())
    assert names["FROM_COURSE"] == "1"
    assert names["PYTHONHASHSEED"] == "0"
    assert not any(key.startswith(("PYTEST", "SSH", "AUTOGRADER", "XDG", "JUPYTER_")) for key in names)


@inside
def test_nothing_of_ours_is_open_but_the_socket(box: Student) -> None:
    found = box.descriptors()
    streams = {number: found.pop(number) for number in ("0", "1", "2")}
    assert streams["0"] == "/dev/null"
    assert all(streams[n].startswith("pipe:") for n in "12")  # the guest's own, to catch what children print
    kinds = [target.partition(":")[0] for target in found.values()]
    assert set(kinds) <= {"socket", "pipe", "anon_inode"}
    assert not any("memfd" in target for target in found.values())


@inside
def test_the_guests_own_files_are_no_secret_and_cannot_be_changed(box: Student) -> None:
    ours = {"guest.py", "wire.py", "zygote.py", "filter.bpf", "data"}
    assert set(box.evaluate("os.listdir('/guest')")) <= ours
    assert box.write("/guest/guest.py") in ("EROFS", "EACCES", "EPERM")


@inside
def test_the_root_holds_the_system_and_nothing_else(box: Student) -> None:
    system = {"bin", "sbin", "lib", "lib32", "lib64", "usr", "etc", "proc", "dev", "tmp", "home", "guest"}
    python = {Path(folder).parts[1] for folder in sandbox.python_folders()}
    assert set(box.evaluate("os.listdir('/')")) <= system | python
    assert box.evaluate("os.listdir('/home')") == ["student"]
    repository = Path(__file__).parents[1]
    assert box.evaluate("os.path.exists(p)", p=str(repository / "tests")) is False
    assert box.evaluate("os.path.exists(p)", p=str(repository / "reference")) is False


@inside
@pytest.mark.parametrize(
    "folder", ["/", "/usr", "/etc", "/guest", "/usr/lib", "/proc/sys/kernel", "/home", "/dev"]
)
def test_the_system_cannot_be_written(box: Student, folder: str) -> None:
    assert box.write(f"{folder}/mine") in ("EROFS", "EACCES", "EPERM", "ENOENT")


@inside
def test_the_interpreter_cannot_be_changed(box: Student) -> None:
    assert box.write(f"{sys.prefix}/mine") in ("EROFS", "EACCES")
    assert box.write(str(Path(os.__file__).with_name("mine.py"))) in ("EROFS", "EACCES")


@inside
@pytest.mark.parametrize("folder", [".", "/tmp", "/dev/shm", "/home/student"])
def test_what_can_be_written_has_a_size(box: Student, folder: str) -> None:
    size, reason = box.fill(folder)
    assert 7 <= size <= 8
    assert reason in ("ENOSPC", "EFBIG")


@inside
def test_nothing_that_is_written_can_be_given_rights(box: Student) -> None:
    source = "(open('x', 'w').close(), os.chmod('x', 0o4755), os.stat('x').st_mode & stat.S_ISUID)[2]"
    flags = box.evaluate(
        "[l.split()[3] for l in open('/proc/mounts') if l.split()[1] in ('/tmp', '/home/student')]"
    )
    assert all("nosuid" in options and "nodev" in options for options in flags)
    assert box.evaluate(source) in (0, 0o4000)


@inside
def test_public_data_can_be_read_and_not_written(box: Student) -> None:
    assert box.evaluate("open('data/rows.csv').read()") == "1,2\n"
    assert box.write("data/rows.csv") == "EROFS"
    assert box.write("data/more.csv") == "EROFS"


@inside
def test_limits_are_in_force_and_cannot_be_raised(box: Student) -> None:
    limits = box.evaluate(
        "{n: resource.getrlimit(getattr(resource, n)) for n in dir(resource) if n[:7] == 'RLIMIT_'}"
    )
    assert limits["RLIMIT_DATA"] == (LIMITS.memory_mb << 20,) * 2
    assert limits["RLIMIT_FSIZE"] == (LIMITS.disk_mb << 20,) * 2
    assert limits["RLIMIT_NPROC"] == (LIMITS.processes,) * 2
    assert limits["RLIMIT_CORE"] == (0, 0)
    assert limits["RLIMIT_NOFILE"][1] <= 4096
    assert limits["RLIMIT_MSGQUEUE"] == (0, 0)
    raised = "attempt(lambda: resource.setrlimit(resource.RLIMIT_DATA, (-1, -1)))"
    with pytest.raises(Exception, match="ValueError"):
        box.evaluate(raised)


@inside
@pytest.mark.skipif(os.getuid() != 0, reason="an ordinary user's guests may read what that user may")
@pytest.mark.parametrize("closed", ["data", "data/rows.csv"])
def test_public_data_that_no_guest_could_read_is_the_courses_fault(tmp_path: Path, closed: str) -> None:
    data = tmp_path / "data"
    data.mkdir(mode=0o755)
    (data / "rows.csv").write_text("1,2\n")
    (tmp_path / closed).chmod(0o700)
    with pytest.raises(CourseError, match=r"cannot be read by student code.*chmod -R o\+rX"):
        sandbox.launch(sandbox.choose(), LIMITS, public_data=data)


@inside
def test_two_guests_share_no_user(box: Student) -> None:
    with box.fresh() as other:
        assert other.evaluate("os.getuid()") != box.evaluate("os.getuid()") or os.getuid() != 0


# ---------------------------------------------------------------- without a sandbox


def test_a_plain_process_has_the_same_ways(tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_text("1,2\n")
    with launched("process", tmp_path) as kernel:
        assert kernel.run().problems == []
        student = Student(kernel)
        folder = Path(student.evaluate("os.getcwd()"))
        assert folder.name.startswith("autograder-")
        assert student.evaluate("open('data/rows.csv').read()") == "1,2\n"
        assert student.write("mine") == "done"
        assert (tmp_path / "rows.csv").read_text() == "1,2\n"
        assert student.evaluate("os.environ['HOME'], os.environ['FROM_COURSE']") == (str(folder), "1")
        assert kernel.limits == LIMITS
    assert not folder.exists()


# ---------------------------------------------------------------- choosing


def test_an_unknown_level_is_refused() -> None:
    with pytest.raises(SandboxUnavailable, match=r"no level of isolation called 'docker'"):
        sandbox.choose("docker")


@pytest.fixture
def forget() -> Iterator[None]:
    sandbox.available.cache_clear()
    yield
    sandbox.available.cache_clear()


@pytest.mark.parametrize("wanted", ["auto", "bubblewrap"])
def test_a_machine_without_bubblewrap_is_told_what_to_do(
    wanted: str, monkeypatch: pytest.MonkeyPatch, forget: None
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setattr(sandbox, "find_spec", lambda name: None)
    with pytest.raises(SandboxUnavailable, match=r"not installed .*--isolation process"):
        sandbox.choose(wanted)
    assert sandbox.choose("process").level == "process"


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("#!/bin/sh\necho no namespaces >&2; exit 1", "cannot make its namespaces here: no namespaces"),
        ("x", "does not run"),
    ],
)
def test_a_bubblewrap_that_does_not_work_is_told(
    script: str, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, forget: None
) -> None:
    binary = tmp_path / "bwrap"
    binary.write_text(script)
    binary.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SandboxUnavailable, match=reason):
        sandbox.choose()


def test_a_process_that_cannot_start_is_a_matter_of_the_machine() -> None:
    with pytest.raises(SandboxUnavailable, match="could not be started"):
        sandbox.launch(sandbox.Isolation(sandbox.BUBBLEWRAP, "/nowhere/bwrap"), LIMITS)


# ---------------------------------------------------------------- the end

FAMILY = r"""
import os, subprocess, time
subprocess.Popen(["sleep", "31415"], start_new_session=True)
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        time.sleep(31415)
    os._exit(0)
"""

MARKER = """
import sys, time
from autograder import sandbox
from autograder.course import Course, Limits
from autograder.forkserver import ForkServer, Nursery
from autograder.kernel import Kernel, Setting
from autograder.submission import Cell
kernel = Kernel((Cell("", {source!r}),), Setting(sandbox.choose({level!r}), Limits()), time.monotonic() + 99)
print([str(c.error) for c in kernel.run().problems], kernel._jail.process.pid, flush=True)
time.sleep(999)
"""


def descendants(process: psutil.Process) -> list[psutil.Process]:
    return process.children(recursive=True)


def gone(processes: list[psutil.Process], within_s: float = 2) -> bool:
    end = time.monotonic() + within_s
    while time.monotonic() < end:
        if not any(p.is_running() and p.status() != psutil.STATUS_ZOMBIE for p in processes):
            return True
        time.sleep(0.05)
    return False


LEVELS = [pytest.param("auto", marks=pytest.mark.skipif(not BOXED, reason="no bubblewrap")), "process"]


@pytest.mark.parametrize("level", LEVELS)
def test_killing_a_guest_ends_all_that_it_started(level: str) -> None:
    kernel = Kernel((Cell("", FAMILY),), Setting(sandbox.choose(level), LIMITS), time.monotonic() + 99)
    kernel.run()
    assert kernel._jail is not None
    family = descendants(psutil.Process(kernel._jail.process.pid))
    assert family
    kernel.close()
    assert gone(family if level != "process" else [p for p in family if p.is_running() and p.ppid() != 1])
    for process in psutil.process_iter(["cmdline"]):
        if level == "process" and "31415" in " ".join(process.info["cmdline"] or []):
            process.kill()


@pytest.mark.parametrize("level", LEVELS)
def test_a_guest_dies_with_its_marker(level: str) -> None:
    source = FAMILY if level == "auto" else "import time\ntime.time()"
    script = MARKER.format(source=source, level=level)
    root = Path(__file__).parents[1]
    marker = subprocess.Popen([sys.executable, "-c", script], cwd=root, stdout=subprocess.PIPE, text=True)
    try:
        assert marker.stdout is not None
        assert marker.stdout.readline().startswith("[] ")
        family = descendants(psutil.Process(marker.pid))
        assert len(family) >= (3 if level == "auto" else 1)
        os.kill(marker.pid, signal.SIGKILL)
        marker.wait()
        assert gone(family)
    finally:
        marker.kill()
        marker.wait()
        marker.communicate()


def test_the_watchdog_says_what_was_exceeded() -> None:
    jail = sandbox.launch(sandbox.choose("process"), Limits())
    jail.limits = Limits(memory_mb=10)
    end = time.monotonic() + 20
    while jail.exceeded is None and time.monotonic() < end:
        time.sleep(0.05)
    jail.kill()
    assert "more than 10 MiB" in str(jail.exceeded)
    assert jail.peak_memory_mb > 10


# ---------------------------------------------------------------- an ordinary user


def as_nobody(script: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a script as an ordinary user, who reaches what that user may (setpriv alone keeps root's ways)."""
    command = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--inh-caps=-all"]
    command += ["sh", "-c", 'exec "$0" -c "$1"', sys.executable, script]
    variables = {"PATH": os.environ["PATH"], "HOME": str(folder), "TMPDIR": str(folder)}
    return subprocess.run(
        command,
        env={**variables, "PYTHONPATH": str(folder)},
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.skipif(os.getuid() != 0, reason="the other tests have run as an ordinary user already")
@pytest.mark.skipif(shutil.which("setpriv") is None, reason="no setpriv")
def test_an_ordinary_user_can_mark_too(tmp_path: Path) -> None:
    folder = tmp_path / "own"
    shutil.copytree(Path(sandbox.__file__).parent, folder / "autograder")
    for path in (folder, *folder.rglob("*")):
        os.chown(path, 65534, 65534)
    for parent in (*tmp_path.parents, tmp_path):
        if parent.is_relative_to("/tmp/pytest-of-root"):
            parent.chmod(parent.stat().st_mode | 0o011)
    if as_nobody("import numpy, IPython", folder).returncode:
        pytest.skip("the interpreter cannot be read by other users")
    probe = as_nobody("from autograder import sandbox; print(sandbox.available()['bubblewrap'])", folder)
    if probe.stdout.strip():
        pytest.skip(probe.stdout.strip())
    script = textwrap.dedent(f"""
        import time
        from autograder import sandbox
        from autograder.course import Course, Limits
        from autograder.forkserver import ForkServer, Nursery
from autograder.kernel import Kernel, Setting
        from autograder.student import Student
        from autograder.submission import Cell
        setting = Setting(sandbox.choose(), Limits())
        with Kernel((Cell("", {NOTEBOOK!r}),), setting, time.monotonic() + 99) as kernel:
            kernel.run()
            student = Student(kernel)
            status = student.status()
            print(sandbox.choose().name, student.evaluate("os.getuid()"), status["CapEff"], status["CapPrm"])
            print(student.evaluate("sorted(os.listdir('/home')), write('/usr/x'), write('mine')"))
    """)
    done = as_nobody(script, folder)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "bubblewrap 65534 0000000000000000 0000000000000000",
        "(['student'], 'EROFS', 'done')",
    ]

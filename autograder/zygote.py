"""The inner side of the fork server: libraries are loaded once here, and each guest is a fork.

Started inside a sandbox as `python zygote.py FD`, where FD is one end of a socket that keeps messages whole.
The first message says what to import. Each later one brings the limits of a guest and two descriptors: the
guest's end of its channel, and a leash.

    zygote ─fork→ stage ─fork→ keeper (process 1 of the guest's own namespaces) ─fork→ guest

The stage makes the namespaces and a fresh file system, answers on the leash with a handle of the keeper, and
is gone. The keeper ends when the leash is let go or the guest ends, and the kernel then ends all that is left
in its namespace. Student code runs in the guest alone; zygote, stage and keeper never read a byte of it.
"""

from __future__ import annotations

import ctypes
import fcntl
import gc
import itertools
import json
import os
import random
import resource
import select
import signal
import socket
import struct
import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from autograder import guest
else:
    import guest

FILTER = Path("/guest/filter.bpf")
DATA = Path("/guest/data")
OPEN_PLACES = ("/tmp", "/dev/shm")  # noqa: S108 - each guest has its own
MESSAGE = 1 << 20

NEW_NAMESPACES = 0x0002_0000 | 0x0400_0000 | 0x0800_0000 | 0x2000_0000 | 0x4000_0000  # NS UTS IPC PID NET
NEW_USER = 0x1000_0000
READ_ONLY, NO_SUID, NO_DEVICES, NO_EXEC, REMOUNT = 1, 2, 4, 8, 32
BIND, RECURSIVE, PRIVATE = 1 << 12, 1 << 14, 1 << 18
PR_SET_DUMPABLE, PR_SET_SECCOMP, PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS = 4, 22, 24, 38
LAST_CAPABILITY = 63
SET_INTERFACE_FLAGS, INTERFACE_UP = 0x8914, 0x41


class _Program(ctypes.Structure):
    """struct sock_fprog: a system call filter."""

    _fields_ = (("length", ctypes.c_ushort), ("code", ctypes.c_void_p))


_libc = ctypes.CDLL(None, use_errno=True)


def _checked(result: int, what: str) -> None:
    if result:
        code = ctypes.get_errno()
        raise OSError(code, f"{what}: {os.strerror(code)}")


def mount(source: str, target: str, kind: str = "", flags: int = 0, options: str = "") -> None:
    """mount(2)."""
    words = [text.encode() if text else None for text in (source, target, kind)]
    _checked(
        _libc.mount(*words, ctypes.c_ulong(flags), options.encode() if options else None), f"mount {target}"
    )


def prctl(option: int, *arguments: Any) -> int:
    """prctl(2)."""
    padded = [a if isinstance(a, ctypes.c_void_p) else ctypes.c_ulong(a) for a in arguments]
    return int(_libc.prctl(option, *padded, *[ctypes.c_ulong(0)] * (4 - len(padded))))


def import_all(statements: list[str]) -> None:
    """Make the imports that notebooks will make; one that fails here will fail, and be told, there."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for statement in statements:
            try:
                exec(statement, {})  # noqa: S102 - an import of the course's own notebook
            except Exception:  # noqa: BLE001, S112 - not ours to judge
                continue


def threads() -> int:
    """Threads of this process; a fork copies only the one that calls it."""
    return len(list(Path("/proc/self/task").iterdir()))


class Zygote:
    """A process with everything loaded, from which guests are forked."""

    def __init__(self, control: socket.socket) -> None:
        self._control = control
        plan = json.loads(control.recv(MESSAGE))
        self._kept = [folder for folder in plan["folders"] if Path(folder).is_dir()]
        self._kernel = guest.make_kernel()  # first: plotting libraries join the shell when they are imported
        import_all(plan["imports"])
        self._filter = FILTER.read_bytes() if FILTER.exists() else b""
        self._home = Path(os.environ["HOME"])
        self._furniture = self._read_home()

    def serve(self) -> None:
        """Fork a guest for each request, until nobody can ask any more."""
        gc.collect()
        gc.freeze()
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)
        self._control.send(json.dumps({"ready": True, "threads": threads()}).encode())
        while True:
            message, descriptors, _, _ = socket.recv_fds(self._control, MESSAGE, 2)
            if not message:
                os._exit(0)
            self._fork(json.loads(message), *descriptors)

    def _read_home(self) -> dict[str, bytes | None]:
        """What lies in the home folder by now, but for the data: each guest gets it as its own."""
        found: dict[str, bytes | None] = {}
        for path in sorted(self._home.rglob("*")):
            name = str(path.relative_to(self._home))
            if path.is_dir():
                found[name] = None
            elif path.is_file() and name.split("/")[0] != "data":
                found[name] = path.read_bytes()
        return {name: content for name, content in found.items() if name.split("/")[0] != "data"}

    def _fork(self, setup: dict[str, Any], channel: int, leash: int) -> None:
        if (count := threads()) > 1:
            _tell(leash, {"refused": f"it has {count} threads, and a fork would lose all but one"})
        elif os.fork() == 0:
            try:
                self._stage(setup, channel, leash)
            except BaseException as error:  # noqa: BLE001 - whatever it is, the asker hears of it
                _tell(leash, {"refused": f"{type(error).__name__}: {error}"})
            os._exit(1)
        os.close(channel)
        os.close(leash)

    def _stage(self, setup: dict[str, Any], channel: int, leash: int) -> None:
        self._control.close()
        os.setsid()
        self._unshare(setup)
        self._furnish(setup)
        _raise_loopback()
        ready, told = os.pipe()
        keeper = os.fork()
        if keeper == 0:
            try:
                self._keep(setup, channel, leash, told)
            except BaseException as error:  # noqa: BLE001 - see above
                os.write(told, f"{type(error).__name__}: {error}".encode()[:4000])
            os._exit(1)
        os.close(told)
        if trouble := os.read(ready, 4096):
            raise OSError(trouble.decode(errors="replace"))
        handle = os.pidfd_open(keeper)
        socket.send_fds(socket.socket(fileno=leash), [b'{"forked": true}'], [handle])
        os._exit(0)

    def _unshare(self, setup: dict[str, Any]) -> None:
        uid, gid = os.getuid(), os.getgid()
        if setup["uid"]:
            _checked(_libc.unshare(NEW_NAMESPACES), "unshare")
        else:
            _checked(_libc.unshare(NEW_NAMESPACES | NEW_USER), "unshare")
            Path("/proc/self/setgroups").write_text("deny")
            Path("/proc/self/uid_map").write_text(f"{uid} {uid} 1")
            Path("/proc/self/gid_map").write_text(f"{gid} {gid} 1")
        mount("none", "/", flags=RECURSIVE | PRIVATE)

    def _furnish(self, setup: dict[str, Any]) -> None:
        """Fresh places to write in, over those of the zygote."""
        uid = setup["uid"] or os.getuid()
        places = (*OPEN_PLACES, str(self._home))
        covered = {
            f: os.open(f, os.O_PATH) for f in self._kept if f.startswith(tuple(f"{p}/" for p in places))
        }
        for place in places:
            mount("tmpfs", place, "tmpfs", NO_SUID | NO_DEVICES, f"size={setup['disk']},mode=1777")
        for folder, handle in covered.items():
            Path(folder).mkdir(parents=True)
            mount(f"/proc/self/fd/{handle}", folder, flags=BIND | RECURSIVE)
        mount("devpts", "/dev/pts", "devpts", NO_SUID | NO_EXEC, "newinstance,ptmxmode=0666,mode=620")
        for name, content in self._furniture.items():
            path = self._home / name
            if content is None:
                path.mkdir()
            else:
                path.write_bytes(content)
        if DATA.is_dir():
            mine = self._home / "data"
            mine.mkdir()
            mount(str(DATA), str(mine), flags=BIND | RECURSIVE)
        if setup["uid"]:
            for name in self._furniture:
                os.chown(self._home / name, uid, uid)
            _show(f"root:x:0:0::/:/bin/sh\nstudent:x:{uid}:{uid}::{self._home}:/bin/sh\n", "/etc/passwd")
            _show(f"root:x:0:\nstudent:x:{uid}:\n", "/etc/group")

    def _keep(self, setup: dict[str, Any], channel: int, leash: int, told: int) -> None:
        """Be process 1: all that the guest starts ends with this process."""
        mount("proc", "/proc", "proc", NO_SUID | NO_DEVICES | NO_EXEC)
        for capability in range(LAST_CAPABILITY + 1):
            if prctl(PR_CAPBSET_DROP, capability):
                break
        _checked(prctl(PR_SET_NO_NEW_PRIVS, 1), "no_new_privs")
        child = os.fork()
        if child == 0:
            try:
                self._become_guest(setup, channel, told)
            except BaseException as error:  # noqa: BLE001 - see above
                os.write(told, f"{type(error).__name__}: {error}".encode()[:4000])
            os._exit(1)
        handle = os.pidfd_open(child)
        prctl(PR_SET_DUMPABLE, 0)
        guest.drop_capabilities()
        self._restrict()
        _close_all_but(leash, handle)
        waiting = select.poll()
        for descriptor in (leash, handle):
            waiting.register(descriptor, select.POLLIN | select.POLLHUP)
        waiting.poll()
        os._exit(0)

    def _become_guest(self, setup: dict[str, Any], channel: int, told: int) -> None:
        os.setsid()
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.umask(0o022)
        os.chdir(self._home)
        guest.give_up(setup)
        self._restrict()
        random.seed()
        if numpy := sys.modules.get("numpy"):
            numpy.random.seed()
        os.close(told)
        _close_all_but(channel)
        guest.serve(channel, self._kernel)
        os._exit(0)

    def _restrict(self) -> None:
        """Filter system calls from here on."""
        if not self._filter:
            return
        code = ctypes.create_string_buffer(self._filter, len(self._filter))
        program = _Program(len(self._filter) // 8, ctypes.addressof(code))
        _checked(prctl(PR_SET_SECCOMP, 2, ctypes.c_void_p(ctypes.addressof(program))), "seccomp")


def _tell(leash: int, message: dict[str, Any]) -> None:
    with socket.socket(fileno=os.dup(leash)) as line:
        line.send(json.dumps(message).encode())


def _show(text: str, place: str) -> None:
    """A file of this text in the place of another, read-only; nothing is left of where it came from."""
    source = Path(OPEN_PLACES[0], "shown")
    source.write_text(text)
    source.chmod(0o444)
    mount(str(source), place, flags=BIND)
    mount("none", place, flags=BIND | REMOUNT | READ_ONLY | NO_SUID | NO_DEVICES)
    source.unlink()


def _raise_loopback() -> None:
    """Switch on the only network device there is; libraries talk to their own processes through it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, SET_INTERFACE_FLAGS, struct.pack("16sH14x", b"lo", INTERFACE_UP))


def _close_all_but(*kept: int) -> None:
    """Close every descriptor but the standard ones and these."""
    borders = [2, *sorted(kept), resource.getrlimit(resource.RLIMIT_NOFILE)[1]]
    for before, after in itertools.pairwise(borders):
        os.closerange(before + 1, after)


def main() -> None:
    """Serve on the descriptor given as the first argument."""
    control = socket.socket(fileno=int(sys.argv[1]))
    sys.argv[:] = ["ipykernel_launcher"]
    try:
        zygote = Zygote(control)
    except Exception as error:  # noqa: BLE001 - whatever it is, the asker hears of it
        control.send(json.dumps({"refused": f"{type(error).__name__}: {error}"}).encode())
        raise SystemExit(1) from None
    zygote.serve()


if __name__ == "__main__":
    main()

"""Mounts, remounts and unmounts, by the old calls and the new ones.

Must: be refused by the kernel.
Verdict: failed
"""

import ctypes

libc = ctypes.CDLL(None, use_errno=True)
for what, result in {
    "tmpfs": libc.mount(b"none", b"/tmp", b"tmpfs", 0, None),
    "proc": libc.mount(b"proc", b"/tmp", b"proc", 0, None),
    "bind": libc.mount(b"/", b"/tmp", None, 4096, None),
    "remount": libc.mount(b"none", b"/", None, 32, None),
    "umount": libc.umount2(b"/proc", 2),
    "open_tree": libc.syscall(428, -100, b"/", 1),
    "fsopen": libc.syscall(430, b"tmpfs", 0),
    "move_mount": libc.syscall(429, -100, b"/tmp", -100, b"/home", 0),
    "mount_setattr": libc.syscall(442, -100, b"/", 0, b"\0" * 32, 32),
}.items():
    if result >= 0:
        print("ESCAPED", what)


def double(x):
    return x

"""Changes its root, by chroot and by pivot_root.

Must: be refused by the kernel.
Verdict: failed
"""

import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
os.makedirs("/tmp/root/old", exist_ok=True)
for what, result in {
    "chroot": libc.chroot(b"/tmp/root"),
    "chroot to the first process": libc.chroot(b"/proc/1/root"),
    "pivot_root": libc.syscall(155, b"/tmp/root", b"/tmp/root/old"),
}.items():
    if result == 0:
        print("ESCAPED", what)


def double(x):
    return x

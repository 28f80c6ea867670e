"""Becomes root by every call that changes the user, the groups or the capabilities.

Must: be refused by the kernel.
Verdict: failed
"""

import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
for what in (
    "os.setuid(0)",
    "os.seteuid(0)",
    "os.setresuid(0, 0, 0)",
    "os.setgid(0)",
    "os.setgroups([0])",
    "os.setresgid(0, 0, 0)",
    "os.chown('/tmp', 0, 0)",
    "os.setpriority(os.PRIO_PROCESS, 0, -5)",
):
    try:
        eval(what)
        print("ESCAPED", what)
    except OSError:
        pass
head = (ctypes.c_uint32 * 2)(0x20080522, 0)
if libc.capset(head, (ctypes.c_uint32 * 6)(*[0xFFFFFFFF] * 6)) == 0:
    print("ESCAPED", "capset")
for number in range(41):
    if libc.prctl(47, 2, number, 0, 0) == 0:
        print("ESCAPED", "ambient capability", number)
if os.getuid() == 0:
    print("ESCAPED", "it is root")


def double(x):
    return x

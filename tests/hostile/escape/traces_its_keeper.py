"""Attaches to the process that keeps it, and to all others, as a debugger.

Must: be refused by the kernel.
Verdict: failed
"""

import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
libc.ptrace.restype = ctypes.c_long
for pid in [int(name) for name in os.listdir("/proc") if name.isdigit()]:
    for request in (16, 0x4206):
        if pid != os.getpid() and libc.ptrace(request, pid, None, None) == 0:
            print("ESCAPED", "ptrace", pid)
    if libc.syscall(438, libc.syscall(434, pid, 0), 3, 0) >= 0:
        print("ESCAPED", "pidfd_getfd", pid)


def double(x):
    return x

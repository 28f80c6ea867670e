"""Makes namespaces of its own, in which it would be root.

Must: be refused by the kernel.
Verdict: failed
"""

import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
for flag in (0x10000000, 0x20000, 0x40000000, 0x20000000, 0x4000000, 0x8000000, 0x2000000, 0x80):
    if libc.unshare(flag) == 0:
        print("ESCAPED", "unshare", hex(flag))
    if flag != 0x80:
        pid = libc.syscall(56, flag | 17, 0, 0, 0, 0)
        if pid == 0:
            os._exit(0)
        if pid > 0:
            print("ESCAPED", "clone", hex(flag))
            os.waitpid(pid, 0)
for name in os.listdir("/proc/1/ns") if os.access("/proc/1/ns", os.R_OK) else []:
    try:
        if libc.setns(os.open(f"/proc/1/ns/{name}", os.O_RDONLY), 0) == 0:
            print("ESCAPED", "setns", name)
    except OSError:
        pass


def double(x):
    return x

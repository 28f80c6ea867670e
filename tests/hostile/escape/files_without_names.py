"""Runs programs from memory and opens files by handles, past the paths that it is shown.

Must: be refused by the kernel.
Verdict: failed
"""

import ctypes
import struct

libc = ctypes.CDLL(None, use_errno=True)
if libc.syscall(319, b"x", 0) >= 0:
    print("ESCAPED", "memfd_create")
handle = struct.pack("=Ii", 8, 1) + struct.pack("=Q", 2) + bytes(120)
for folder in (b"/", b"/usr", b"/tmp", b"/guest"):
    descriptor = libc.open(folder, 0)
    if libc.open_by_handle_at(descriptor, handle, 0) >= 0:
        print("ESCAPED", "open_by_handle_at", folder)


def double(x):
    return x

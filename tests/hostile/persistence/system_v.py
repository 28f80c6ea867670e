"""Leaves System V shared memory, semaphores and message queues behind, which outlive processes.

Must: be gone with its namespace.
Verdict: failed
"""

import ctypes

libc = ctypes.CDLL(None, use_errno=True)
KEY = 0x5EC12E7
shared = libc.shmget(KEY, 1 << 16, 0o1666)
libc.semget(KEY, 1, 0o1666)
queue = libc.msgget(KEY, 0o1666)
libc.shmat.restype = ctypes.c_void_p
place = libc.shmat(shared, None, 0)
if shared >= 0 and place and place < 2**63:
    ctypes.memmove(place, b"hostile_trace", 13)


def double(x):
    return x

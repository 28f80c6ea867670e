"""Leaves POSIX message queues and named semaphores behind, which outlive processes.

Must: be gone with its namespace.
Verdict: failed
"""

import ctypes
import ctypes.util
import multiprocessing.shared_memory

libc = ctypes.CDLL(None, use_errno=True)
libc.mq_open(b"/hostile_trace", 0o102, 0o666, None)
try:
    memory = multiprocessing.shared_memory.SharedMemory("hostile_trace", create=True, size=4096)
    memory.buf[:13] = b"hostile_trace"
except OSError:
    pass


def double(x):
    return x

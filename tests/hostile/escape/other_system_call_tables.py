"""Makes forbidden calls by other ways: 32-bit calls, x32 numbers, another personality.

Must: be refused by each of them.
Verdict: failed | crashed | timed_out
"""

import ctypes
import mmap
import os

libc = ctypes.CDLL(None, use_errno=True)
for number, arguments in ((0x40000000 | 272, (0x10000000,)), (0x40000000 | 165, (0, 0, 0, 0, 0))):
    if libc.syscall(number, *arguments) == 0:
        print("ESCAPED", "x32", number & 0xFFF)
libc.personality(0x0008)
# mov eax, 310 (unshare); mov ebx, CLONE_NEWUSER; int 0x80; ret
CODE = bytes.fromhex("53b836010000bb00000010cd805bc3")
if os.uname().machine in ("x86_64", "i686"):
    area = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    area.write(CODE)
    child = os.fork()
    if child == 0:
        function = ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(area)))
        os._exit(99 if function() == 0 else 0)
    if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 99:
        print("ESCAPED", "unshare by a 32-bit call")


def double(x):
    return x

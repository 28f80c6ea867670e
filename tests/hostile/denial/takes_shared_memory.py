"""Takes anonymous memory that is shared, which a limit on private data does not count.

Must: be stopped by the limit on memory.
Verdict: out_of_memory | timed_out
"""

import mmap


def double(x):
    hoard = []
    while True:
        hoard.append(mmap.mmap(-1, 128 << 20))
        hoard[-1].write(b"x" * (128 << 20))

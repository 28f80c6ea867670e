"""Pushes key strokes into the terminal from which marking was started.

Must: have no terminal.
Verdict: failed
"""

import fcntl
import os

for path in ("/dev/tty", "/dev/console", "/dev/pts/0", "/proc/self/fd/0", "/proc/self/fd/2"):
    try:
        terminal = os.open(path, os.O_RDWR | os.O_NONBLOCK)
        fcntl.ioctl(terminal, 0x5412, b"\n")
        print("ESCAPED", "TIOCSTI", path)
    except OSError:
        pass


def double(x):
    return x

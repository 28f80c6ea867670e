"""Sends frames that claim gigabytes, many buffers, or no end.

Must: be refused before memory is taken for them.
Verdict: crashed | timed_out
"""

import gc
import struct

guest = next(o for o in gc.get_objects() if type(o).__name__ == "Guest")
HEADS = [
    struct.pack("<II", 0xFFFFFFFF, 0),
    struct.pack("<II", 2, 100_000) + b"\xff" * 800_000,
    struct.pack("<IIQ", 2, 1, 1 << 62),
]


def double(x):
    guest._line._channel._socket.sendall(HEADS[x.__class__.__name__ == "ndarray"])
    return x

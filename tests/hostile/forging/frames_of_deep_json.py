"""Sends a frame whose JSON is nested hundreds of thousands deep.

Must: be refused as no frame; the marking process survives.
Verdict: crashed
"""

import gc
import struct

guest = next(o for o in gc.get_objects() if type(o).__name__ == "Guest")


def double(x):
    text = b"[" * 1_000_000
    guest._line._channel._socket.sendall(struct.pack("<II", len(text), 0) + text)
    return x

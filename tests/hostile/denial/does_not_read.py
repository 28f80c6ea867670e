"""Fills the connection and reads nothing from it.

Must: be stopped when the call's time is over.
Verdict: timed_out
"""

import gc
import signal
import struct

guest = next(o for o in gc.get_objects() if type(o).__name__ == "Guest")


def double(x):
    signal.setitimer(signal.ITIMER_REAL, 0)
    text = b'{"call":1}'
    while True:
        guest._line._channel._socket.sendall(struct.pack("<II", len(text), 0) + text)

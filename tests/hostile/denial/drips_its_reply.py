"""Sends its reply one byte at a time, so that something always comes.

Must: be stopped when the call's time is over.
Verdict: timed_out
"""

import gc
import json
import signal
import struct
import time

guest = next(o for o in gc.get_objects() if type(o).__name__ == "Guest")


def double(x):
    signal.setitimer(signal.ITIMER_REAL, 0)
    text = json.dumps({"id": guest._line.request, "ok": 1}).encode() + b" " * 1000
    for byte in struct.pack("<II", len(text), 0) + text:
        guest._line._channel._socket.sendall(bytes([byte]))
        time.sleep(0.3)

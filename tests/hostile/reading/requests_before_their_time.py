"""Looks ahead at requests on the socket during the cell, and keeps every later one, to learn hidden inputs early.

Must: see no request before it is asked; what it learns in calls must not reach a result.
Verdict: failed
"""

import gc
import socket

guest = next(o for o in gc.get_objects() if type(o).__name__ == "Guest")
channel = guest._line._channel
try:
    print("LOOT:", channel._socket.recv(1 << 16, socket.MSG_PEEK | socket.MSG_DONTWAIT))
except OSError:
    pass
kept = []
receive = channel.receive


def receive_and_keep(*arguments):
    frame = receive(*arguments)
    kept.append(repr(frame))
    return frame


channel.receive = receive_and_keep


def double(x):
    print("LOOTED", kept)
    raise ValueError(f"LOOTED {kept}")

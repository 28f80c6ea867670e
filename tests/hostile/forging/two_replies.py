"""Answers each call twice, so that the second answer is taken for the next question's.

Must: earn nothing; it breaks its own connection.
Verdict: failed | crashed
Costs: q2
"""

import gc
import json
import struct

guest = next(o for o in gc.get_objects() if type(o).__name__ == "Guest")


def double(x):
    for number in (guest._line.request, guest._line.request + 1):
        text = json.dumps({"id": number, "ok": True}).encode()
        guest._line._channel._socket.sendall(struct.pack("<II", len(text), 0) + text)
    return x

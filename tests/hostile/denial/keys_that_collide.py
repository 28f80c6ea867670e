"""Answers with a set of numbers whose hashes are all the same, which takes hours to build.

Must: be refused.
Verdict: failed
Costs: q2
"""

import gc
import json
import struct

guest = next(o for o in gc.get_objects() if type(o).__name__ == "Guest")


def double(x):
    keys = [{"$": "int", "v": hex(i * (2**61 - 1))} for i in range(100_000)]
    text = json.dumps({"id": guest._line.request, "ok": {"$": "set", "v": keys}}).encode()
    guest._line.answer = lambda *a: None
    guest._line._channel._socket.sendall(struct.pack("<II", len(text), 0) + text)
    return x

"""Answers with trees that no packer makes: unknown tags, shapes that do not fit, buffers that are not there.

Must: be wrong answers, not a fault of the course or the platform.
Verdict: failed
Costs: q2
"""

import gc
import json
import struct

guest = next(o for o in gc.get_objects() if type(o).__name__ == "Guest")
TREES = [
    {"$": "array", "i": 0, "t": "<f8", "s": [5]},
    {"$": "array", "i": 0, "t": "O", "s": [1]},
    {"$": "objects", "s": [2, 3], "v": [1]},
    {"$": "handle", "h": 10**30, "types": [None, {}, []], "callable": 1},
    {"$": "tensor", "library": {"a": 1}, "dtype": [], "grad": 3, "i": 0, "t": "V8", "s": []},
    {"$": "frame", "c": [1], "v": [], "x": {"$": "series"}},
    {"$": "__class__"},
    {"$": "dict", "v": [[[], []]]},
    {"$": "int", "v": "zz"},
    {"$": ["unpack"]},
]
ROUND = []


def double(x):
    ROUND.append(1)
    tree = TREES[(len(ROUND) * 3 + id(x) // 64) % len(TREES)]
    text = json.dumps({"id": guest._line.request, "ok": tree}).encode()
    guest._line._channel._socket.sendall(struct.pack("<II", len(text), 0) + text)
    guest._line.answer = lambda *a: None
    return x

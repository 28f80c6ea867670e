"""Answers with other ids: negative, true, text, lists, none at all.

Must: be taken for a broken connection, which is the student's doing.
Verdict: failed | crashed
"""

import gc
import json
import struct

guest = next(o for o in gc.get_objects() if type(o).__name__ == "Guest")


def double(x):
    for number in (-1, True, "1", [1], None, 1e300, {"id": 1}):
        text = json.dumps({"id": number, "ok": True}).encode()
        guest._line._channel._socket.sendall(struct.pack("<II", len(text), 0) + text)
    return x

"""Sends calls to the grader's functions whose numbers and arguments are of every wrong type.

Must: be refused, or be a broken connection; not a fault of the course.
Verdict: failed | crashed
"""

import gc
import json
import struct

guest = next(o for o in gc.get_objects() if type(o).__name__ == "Guest")


def double(x):
    for number in (None, [], {}, "1", 1.0, True, -1, 10**4000, {"$": "handle"}):
        for arguments in (None, [], {"$": "x"}, [[1], 2]):
            text = json.dumps({"call": number, "args": arguments}).encode()
            guest._line._channel._socket.sendall(struct.pack("<II", len(text), 0) + text)
            guest._line._channel.receive()
    return x

"""Sends frames nested as deep as a JSON reader takes, as answers and as outputs.

Must: be a wrong answer or a broken connection, not a fault of the platform.
Verdict: failed | crashed
"""

import gc
import struct

guest = next(o for o in gc.get_objects() if type(o).__name__ == "Guest")


def put(text):
    guest._line._channel._socket.sendall(struct.pack("<II", len(text), 0) + text)


for depth in (100, 500, 800, 900, 940, 960, 980):
    deep = b'{"a":' * depth + b"1" + b"}" * depth
    put(b'{"out":"display_data","content":{"metadata":{},"data":' + deep + b"}}")
    put(b'{"out":"execute_input","content":{"execution_count":' + deep + b"}}")


def double(x):
    for depth in (900, 800, 500):
        put(b'{"call":1,"args":' + b"[" * depth + b"]" * depth + b"}")
        guest._line._channel.receive()
    return [[[]]]

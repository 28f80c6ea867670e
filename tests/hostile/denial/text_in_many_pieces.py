"""Puts out text in as many pieces as the limit on output allows, for whoever joins them.

Must: cost little time outside the sandbox.
Verdict: failed | too_much_output | timed_out
"""

import gc
import json
import struct

guest = next(o for o in gc.get_objects() if type(o).__name__ == "Guest")
text = json.dumps(
    {"out": "stream", "content": {"name": "stdout", "text": "x" * 60 + "\U0001f600"}},
    ensure_ascii=False,
    separators=(",", ":"),
).encode()
frame = struct.pack("<II", len(text), 0) + text
for _ in range(4_000_000 // len(frame)):
    guest._line._channel._socket.sendall(frame)


def double(x):
    return x

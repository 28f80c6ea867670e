"""Shows outputs of one display id, each of which replaces all before it: the square of their number.

Must: cost little time outside the sandbox, whatever their number.
Verdict: failed | too_much_output | timed_out
"""

import gc
import struct

guest = next(o for o in gc.get_objects() if type(o).__name__ == "Guest")
text = b'{"out":"display_data","content":{"data":{},"metadata":{},"transient":{"display_id":"a"}}}'
frame = struct.pack("<II", len(text), 0) + text
for _ in range(4_000_000 // len(frame)):
    guest._line._channel._socket.sendall(frame)


def double(x):
    return x

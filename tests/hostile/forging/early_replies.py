"""Sends replies to coming requests before they are asked, so that grading is over before it began.

Must: earn nothing for hidden inputs that it cannot know.
Verdict: failed | crashed
Costs: q2
"""

import gc
import json
import struct

guest = next(o for o in gc.get_objects() if type(o).__name__ == "Guest")
for number in range(guest._line.request, 60):
    text = json.dumps({"id": number, "ok": 21}).encode()
    guest._line._channel._socket.sendall(struct.pack("<II", len(text), 0) + text)


def double(x):
    return x

"""Leaves threads behind that go on changing what the notebook has defined.

Must: trouble nobody but its own notebook.
Verdict: failed
"""

import threading
import time


def change():
    while True:
        globals()["hostile_trace"] = time.time()
        time.sleep(0.01)


for _ in range(5):
    threading.Thread(target=change, daemon=True).start()


def double(x):
    return x

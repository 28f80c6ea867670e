"""Has destructors, exit handlers and threads that do not end when the process is to end.

Must: be ended all the same.
Verdict: failed
"""

import atexit
import signal
import threading
import time

atexit.register(time.sleep, 10_000)
signal.signal(signal.SIGTERM, lambda *a: time.sleep(10_000))
threading.Thread(target=time.sleep, args=(10_000,), daemon=False).start()


def double(x):
    return x

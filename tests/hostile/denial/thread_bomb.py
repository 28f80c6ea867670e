"""Starts threads for ever.

Must: be stopped by the limit on processes and threads.
Verdict: too_many_processes | failed | crashed
"""

import threading
import time


def double(x):
    while True:
        threading.Thread(target=time.sleep, args=(1000,), daemon=True).start()

"""Sends its descriptors to children that are stopped, so that the files behind them stay.

Must: end with its own marking.
Verdict: failed
"""

import os
import signal

descriptor = os.open("/tmp/hostile_trace", os.O_RDWR | os.O_CREAT)
os.unlink("/tmp/hostile_trace")
for _ in range(5):
    if os.fork() == 0:
        os.setsid()
        os.kill(os.getpid(), signal.SIGSTOP)
        os._exit(0)


def double(x):
    return x

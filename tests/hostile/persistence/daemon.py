"""Leaves a daemon behind, twice forked and in a session of its own, that goes on looking for others.

Must: end with its own marking.
Verdict: failed
"""

import os
import time

if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        os.closerange(0, 4096)
        while True:
            try:
                open("/tmp/hostile_trace", "a").close()
            except OSError:
                pass
            time.sleep(0.1)
    os._exit(0)
os.wait()


def double(x):
    return x

"""Is a named pipe into which nobody writes.

Must: be refused; nobody waits for it.
Verdict: not_run
Costs: q2
"""

import os


def place(path, canaries):
    os.mkfifo(path)

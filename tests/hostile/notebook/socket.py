"""Is a socket.

Must: be refused.
Verdict: not_run
Costs: q2
"""

import os
import stat


def place(path, canaries):
    os.mknod(path, 0o600 | stat.S_IFSOCK)

"""Opens the memory of the first process, and its files, to write into them.

Must: be refused.
Verdict: failed
"""

import os

for name in ("mem", "clear_refs", "coredump_filter", "uid_map", "gid_map", "setgroups", "oom_adj", "timens_offsets"):
    try:
        os.close(os.open(f"/proc/1/{name}", os.O_RDWR))
        print("ESCAPED", "opened", name)
    except OSError:
        pass
try:
    print("ESCAPED", os.listdir("/proc/1/root/"))
except OSError:
    pass


def double(x):
    return x

"""Raises its limits and leaves its cgroup.

Must: be refused by the kernel.
Verdict: failed
"""

import os
import resource

for name in ("RLIMIT_DATA", "RLIMIT_FSIZE", "RLIMIT_CPU", "RLIMIT_NOFILE", "RLIMIT_CORE", "RLIMIT_NPROC"):
    kind = getattr(resource, name)
    hard = resource.getrlimit(kind)[1]
    try:
        resource.setrlimit(kind, (hard + 1, hard + 1))
        print("ESCAPED", "raised", name)
    except (ValueError, OSError):
        pass
for folder, _, files in os.walk("/sys/fs/cgroup"):
    for name in files:
        if name in ("cgroup.procs", "memory.max", "pids.max") and os.access(f"{folder}/{name}", os.W_OK):
            print("ESCAPED", "may write", f"{folder}/{name}")


def double(x):
    return x

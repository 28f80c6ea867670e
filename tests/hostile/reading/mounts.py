"""Reads what is mounted and tries to reach what lies under and beside the mounts.

Must: find no file of the host.
Verdict: failed | timed_out
"""

import os

for line in open("/proc/self/mountinfo"):
    source, target = line.split()[3:5]
    for path in (source, f"{target}/..", f"/proc/self/root{source}"):
        try:
            for folder, _, files in os.walk(path):
                if folder.startswith(("/proc", "/usr", "/sys")) or len(folder) > 200:
                    break
                for name in files:
                    if name in ("release.secret", "gradebook.db", "test_double.py"):
                        print("LOOT:", open(os.path.join(folder, name)).read())
        except OSError:
            pass


def double(x):
    return x

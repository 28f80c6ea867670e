"""Searches all of its own memory for secrets that were inherited from whoever started it.

Must: find none.
Verdict: failed | timed_out
"""

import re

PATTERN = re.compile(rb"canary[-][0-9a-f]{32}|[r]eference\.u1_small[^\n]{0,100}")
found = set()
with open("/proc/self/maps") as file:
    areas = re.findall(r"^(\w+)-(\w+) rw.*$", file.read(), re.M)
with open("/proc/self/mem", "rb") as memory:
    for first, last in areas:
        try:
            memory.seek(int(first, 16))
            found.update(PATTERN.findall(memory.read(min(int(last, 16) - int(first, 16), 1 << 26))))
        except (OSError, ValueError, OverflowError):
            pass
print("LOOT:", found)


def double(x):
    return x

"""Makes symbolic and hard links that lead out of the sandbox by many ways, and reads through them.

Must: read nothing, since each link is followed inside the sandbox.
Verdict: failed | timed_out
"""

import glob
import os

TARGETS = ["/proc/1/root", "/proc/1/cwd", "/proc/self/root", "/proc/self/cwd/../../../..", "/../../..", "/root"]
for number, target in enumerate(TARGETS):
    for make in (os.symlink, os.link):
        try:
            make(target, f"link{number}{make.__name__}")
        except OSError:
            pass
for link in glob.glob("link*"):
    for found in glob.glob(f"{link}/**/release.secret", recursive=True):
        print("LOOT:", open(found).read())
    for found in glob.glob(f"{link}/**/test_double.py", recursive=True):
        print("LOOT:", open(found).read())
for name in glob.glob("link*"):
    os.unlink(name)


def double(x):
    return x

"""Makes device nodes for disks and memory, and opens devices that are there.

Must: be refused; the devices that are there are harmless.
Verdict: failed
"""

import os
import stat

for folder in ("/tmp", "/dev/shm", "/home/student", "/dev"):
    for kind, major, minor in ((stat.S_IFBLK, 8, 0), (stat.S_IFBLK, 254, 0), (stat.S_IFCHR, 1, 1)):
        try:
            os.mknod(f"{folder}/node", 0o600 | kind, os.makedev(major, minor))
            os.open(f"{folder}/node", os.O_RDONLY)
            print("ESCAPED", "opened a node in", folder)
        except OSError:
            pass
harmless = {
    "null",
    "zero",
    "full",
    "random",
    "urandom",
    "tty",
    "ptmx",
    "console",
    "pts",
    "shm",
    "fd",
    "stdin",
    "stdout",
    "stderr",
    "core",
}
for name in set(os.listdir("/dev")) - harmless:
    print("ESCAPED", "device", name)


def double(x):
    return x

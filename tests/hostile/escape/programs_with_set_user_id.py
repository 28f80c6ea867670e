"""Gives its own programs rights of their owner, and of files' capabilities.

Must: gain nothing; the file systems ignore them.
Verdict: failed
"""

import os
import shutil
import subprocess

for folder in ("/tmp", "/dev/shm", "/home/student"):
    program = f"{folder}/id"
    shutil.copy("/usr/bin/id", program)
    try:
        os.chmod(program, 0o6777)
        os.chown(program, 0, 0)
        print("ESCAPED", "chown")
    except OSError:
        pass
    try:
        os.setxattr(program, "security.capability", bytes.fromhex("0100000200200000000000000000000000000000"))
        print("ESCAPED", "file capabilities")
    except OSError:
        pass
    try:
        if subprocess.run([program, "-u"], capture_output=True).stdout.strip() == b"0":
            print("ESCAPED", "it runs as root")
    except OSError:
        pass
    os.unlink(program)


def double(x):
    return x

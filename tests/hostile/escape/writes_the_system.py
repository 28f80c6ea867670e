"""Writes into the system, the interpreter, the guest's own files and the public data.

Must: be refused.
Verdict: failed
"""

import os
import sys
import sysconfig

for folder in (
    "/",
    "/usr",
    "/usr/bin",
    "/etc",
    "/guest",
    "/lib",
    "/home",
    sys.prefix,
    sys.base_prefix,
    sysconfig.get_path("purelib"),
    os.path.dirname(os.__file__),
    "/var",
    "/opt",
    "/root",
    "/run",
):
    try:
        open(f"{folder}/mine", "w").close()
        print("ESCAPED", "wrote into", folder)
    except OSError:
        pass
for path in ("/etc/passwd", "/etc/hosts", "/guest/guest.py", "/guest/wire.py", sys.executable, os.__file__):
    try:
        open(path, "r+b").close()
        print("ESCAPED", "opened", path)
    except OSError:
        pass


def double(x):
    return x

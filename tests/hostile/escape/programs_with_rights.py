"""Runs every program that would run as root.

Must: gain nothing from any of them.
Verdict: failed | timed_out
"""

import os
import stat
import subprocess

found = []
for folder in ("/usr/bin", "/usr/sbin", "/usr/lib/openssh", "/usr/libexec"):
    for name in os.listdir(folder) if os.path.isdir(folder) else []:
        path = f"{folder}/{name}"
        try:
            if os.stat(path).st_mode & (stat.S_ISUID | stat.S_ISGID):
                found.append(path)
        except OSError:
            pass
for command in (
    ["su", "-c", "id -u"],
    ["sudo", "-n", "id", "-u"],
    ["newuidmap", str(os.getpid()), "0", "0", "1"],
    ["pkexec", "id", "-u"],
    ["unshare", "-Ur", "id", "-u"],
    ["mount", "-t", "tmpfs", "none", "/tmp"],
    ["sg", "root", "id"],
    ["bwrap", "--ro-bind", "/", "/", "--unshare-user", "id", "-u"],
):
    try:
        done = subprocess.run(command, capture_output=True, timeout=0.2, stdin=subprocess.DEVNULL)
    except (OSError, subprocess.TimeoutExpired):
        continue
    if done.returncode == 0:
        print("ESCAPED", command, done.stdout)


def double(x):
    return x

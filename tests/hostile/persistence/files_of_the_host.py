"""Writes to where the host keeps results, submissions and temporary files.

Must: reach none of them.
Verdict: failed
"""

import os
import tempfile

for folder in (
    "/tmp/pytest-of-root",
    "/proc/1/cwd",
    "/proc/1/root/tmp",
    "/results",
    "/submitted",
    "/course",
    "/var/spool/cron/crontabs",
    "/etc/cron.d",
    "/root/.ssh",
    tempfile.gettempdir(),
):
    try:
        os.makedirs(folder, exist_ok=True)
        with open(f"{folder}/hostile_trace", "w") as file:
            file.write("hostile_trace")
    except OSError:
        pass


def double(x):
    return x

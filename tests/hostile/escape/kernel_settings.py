"""Writes settings of the kernel that make it run a program of the student's.

Must: be refused.
Verdict: failed
"""

import glob

for path in (
    "/proc/sys/kernel/core_pattern",
    "/proc/sys/kernel/modprobe",
    "/proc/sys/kernel/hotplug",
    "/proc/sysrq-trigger",
    "/proc/sys/vm/overcommit_memory",
    "/proc/sys/kernel/randomize_va_space",
    "/proc/sys/fs/binfmt_misc/register",
    "/sys/kernel/uevent_helper",
    "/proc/1/oom_score_adj",
    "/proc/sys/net/ipv4/ip_forward",
    *glob.glob("/sys/fs/cgroup/**/release_agent", recursive=True),
):
    try:
        before = open(path).read()
        with open(path, "w") as file:
            file.write(before)
        print("ESCAPED", "wrote", path)
    except (OSError, ValueError):
        pass


def double(x):
    return x

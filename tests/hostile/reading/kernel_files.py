"""Reads memory and logs of the kernel: kcore, kallsyms, keys, dmesg, /dev/mem.

Must: read nothing of the marker.
Verdict: failed
"""

for path in (
    "/proc/kcore",
    "/proc/kallsyms",
    "/proc/keys",
    "/proc/key-users",
    "/dev/mem",
    "/dev/kmsg",
    "/proc/kmsg",
    "/sys/kernel/debug",
    "/proc/timer_list",
    "/proc/sched_debug",
    "/dev/vda",
):
    try:
        with open(path, "rb") as file:
            print("LOOT:", path, file.read(2000))
    except OSError as error:
        print(path, error.strerror)


def double(x):
    return x

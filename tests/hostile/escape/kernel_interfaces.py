"""Opens interfaces of the kernel that were ways out before: io_uring, bpf, perf, userfaultfd, key rings.

Must: be refused by the kernel.
Verdict: failed
"""

import ctypes

libc = ctypes.CDLL(None, use_errno=True)
room = ctypes.create_string_buffer(4096)
CALLS = {
    "io_uring_setup": (425, 8, room),
    "bpf": (321, 0, room, 128),
    "perf_event_open": (298, room, 0, -1, -1, 0),
    "userfaultfd": (323, 0),
    "add_key": (248, b"user", b"x", b"y", 1, -4),
    "keyctl": (250, 1, None),
    "request_key": (249, b"user", b"x", None, -4),
    "memfd_create": (319, b"x", 0),
    "memfd_secret": (447, 0),
    "init_module": (175, room, 10, b""),
    "finit_module": (313, 0, b"", 0),
    "kexec_load": (246, 0, 0, 0, 0),
    "delete_module": (176, b"x", 0),
    "syslog": (103, 3, room, 4096),
    "acct": (163, b"/tmp/x"),
    "swapon": (167, b"/tmp/x", 0),
    "quotactl": (179, 0, 0, 0, 0),
    "reboot": (169, 0, 0, 0, 0),
    "process_madvise": (440, 0, 0, 0, 0, 0),
    "iopl": (172, 3),
    "ioperm": (173, 0, 10, 1),
    "settimeofday": (164, room, None),
    "sethostname": (170, b"x", 1),
    "lookup_dcookie": (212, 0, room, 10),
    "fanotify_init": (300, 0, 0),
}
for name, (number, *arguments) in CALLS.items():
    if libc.syscall(number, *arguments) >= 0:
        print("ESCAPED", name)


def double(x):
    return x

"""Is a symbolic link to a device that never ends.

Must: be refused without being followed.
Verdict: not_run
Costs: q2
"""


def place(path, canaries):
    path.symlink_to("/dev/zero")

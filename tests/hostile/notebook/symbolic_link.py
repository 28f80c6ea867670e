"""Is a symbolic link to the hidden tests.

Must: be refused without being followed.
Verdict: not_run
Costs: q2
"""


def place(path, canaries):
    path.symlink_to(canaries["grader"])

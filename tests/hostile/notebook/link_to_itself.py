"""Is a symbolic link to itself.

Must: be refused.
Verdict: not_run
Costs: q2
"""


def place(path, canaries):
    path.symlink_to(path)

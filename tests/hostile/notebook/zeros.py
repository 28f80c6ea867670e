"""Is a sparse file of nothing but zeros, as large as a disk.

Must: be refused before it is read.
Verdict: not_run
Costs: q2
"""


def place(path, canaries):
    with path.open("wb") as file:
        file.truncate(1 << 40)

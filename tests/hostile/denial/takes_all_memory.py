"""Takes memory until there is none.

Must: be stopped by the limit on memory.
Verdict: out_of_memory
"""


def double(x):
    hoard = []
    while True:
        hoard.append(b"x" * (64 << 20))

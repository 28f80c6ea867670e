"""Fills /dev/shm.

Must: be stopped by the size of /dev/shm.
Verdict: out_of_disk
"""


def double(x):
    with open("/dev/shm/large", "wb") as file:
        while True:
            file.write(b"x" * (1 << 20))
            file.flush()

"""Fills home, /tmp and whatever else can be written.

Must: be stopped by the size of each.
Verdict: out_of_disk | failed
"""


def double(x):
    for folder in (".", "/tmp", "/dev/shm", "/home/student", "/var/tmp", "/run", "/dev"):
        try:
            with open(f"{folder}/large", "wb") as file:
                for _ in range(400):
                    file.write(b"x" * (1 << 20))
                    file.flush()
        except OSError as error:
            last = error
    raise last

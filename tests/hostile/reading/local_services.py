"""Connects to every local socket that is listed and to common ports, and reads what they say.

Must: reach nobody.
Verdict: failed
"""

import glob
import socket

names = [line.split()[-1] for line in open("/proc/net/unix").read().splitlines()[1:]]
names += glob.glob("/run/**/*.sock*", recursive=True) + ["/var/run/docker.sock", "/tmp/.X11-unix/X0"]
for name in names:
    with socket.socket(socket.AF_UNIX) as one:
        one.settimeout(0.05)
        try:
            one.connect(name.replace("@", "\0", 1))
            print("ESCAPED", "connected to", name)
        except (OSError, ValueError):
            pass
for port in (22, 80, 111, 443, 2375, 5432, 6379, 8000, 8080, 8888):
    with socket.socket() as one:
        one.settimeout(0.05)
        if one.connect_ex(("127.0.0.1", port)) == 0:
            print("ESCAPED", "connected to port", port)


def double(x):
    return x

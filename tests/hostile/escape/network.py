"""Connects to the outside: by address, by name, over IPv6, and by datagrams.

Must: reach nobody.
Verdict: failed
"""

import socket

socket.setdefaulttimeout(0.2)
for family, address in (
    (socket.AF_INET, ("1.1.1.1", 53)),
    (socket.AF_INET, ("169.254.169.254", 80)),
    (socket.AF_INET, ("10.0.0.1", 22)),
    (socket.AF_INET6, ("2606:4700:4700::1111", 53)),
):
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
        try:
            with socket.socket(family, kind) as one:
                one.connect(address)
                one.send(b"x")
                print("ESCAPED", "sent to", address)
        except OSError:
            pass
try:
    print("ESCAPED", socket.getaddrinfo("example.org", 80))
except OSError:
    pass


def double(x):
    return x

"""Changes addresses, routes and firewall rules over netlink.

Must: be refused by the kernel.
Verdict: failed
"""

import socket
import struct

for protocol in (0, 6, 12, 16):
    try:
        with socket.socket(16, 3, protocol) as one:
            one.settimeout(0.3)
            one.bind((0, 0))
            body = struct.pack("=BBHiII", 0, 0, 0, 1, 0, 0xFFFFFFFF)
            for kind in (16, 17, 20, 24, 32):
                one.send(struct.pack("=IHHII", 16 + len(body), kind, 5, 1, 0) + body)
                answer = one.recv(4096)
                code = struct.unpack("=i", answer[16:20])[0]
                if struct.unpack("=H", answer[4:6])[0] == 2 and code == 0:
                    print("ESCAPED", "netlink", protocol, kind)
    except OSError:
        pass


def double(x):
    return x

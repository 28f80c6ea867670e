"""Names a kernel whose command, path and environment are the student's.

Must: be run with the course's Python; no command of the file is run.
Verdict: failed
"""

import json


def content(honest):
    honest["metadata"]["kernelspec"] = {
        "name": "../../../tmp/kernel",
        "language": "python",
        "argv": ["sh", "-c", "touch /tmp/hostile_trace"],
        "env": {"LD_PRELOAD": "/tmp/x.so"},
        "display_name": "<script>pwned()</script>",
    }
    return json.dumps(honest).encode()

"""Asks for input, and waits for it.

Must: be told that there is none; nothing waits.
Verdict: failed | timed_out
"""

import json


def content(honest):
    new = {"metadata": {}, "outputs": [], "execution_count": None, "cell_type": "code"}
    sources = ["input('name')", "import getpass; getpass.getpass()", "import sys; sys.stdin.read()", "breakpoint()"]
    honest["cells"] += [{**new, "source": source, "id": f"i{i}"} for i, source in enumerate(sources)]
    return json.dumps(honest).encode()

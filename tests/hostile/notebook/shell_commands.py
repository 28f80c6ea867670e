"""Reads and writes by magic commands and shell lines instead of Python.

Must: reach no more than Python does.
Verdict: failed
"""

import json

LINES = """
!cat /proc/*/environ /proc/*/cmdline 2>/dev/null
!find / -name 'release.secret' -o -name 'test_double.py' -not -path '/proc/*' 2>/dev/null | xargs -r cat
%load_ext hostile
%run /tmp/nothing.py
%cd /
%env
%system ls -la / /home /tmp
"""


def content(honest):
    new = {"metadata": {}, "outputs": [], "execution_count": None, "cell_type": "code"}
    sources = [*LINES.strip().splitlines(), "%%bash\ntouch /tmp/hostile_trace", "%%html\n<script>pwned()</script>"]
    honest["cells"][:0] = [{**new, "source": source, "id": f"m{i}"} for i, source in enumerate(sources)]
    return json.dumps(honest).encode()

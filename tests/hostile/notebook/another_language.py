"""Is written for a kernel of another language, whose command is one of the student's.

Must: be refused; no command of the file is run.
Verdict: not_run
Costs: q2
"""

import json


def content(honest):
    spec = {"name": "bash", "language": "bash", "argv": ["touch", "/tmp/hostile_trace"], "display_name": "x"}
    honest["metadata"]["kernelspec"] = spec
    return json.dumps(honest).encode()

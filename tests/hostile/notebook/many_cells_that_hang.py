"""Has as many cells as are allowed, each of which ends its process.

Must: come to an end within the time of the whole notebook.
Verdict: crashed | timed_out
Costs: q2
"""

import json


def content(honest):
    new = {"cell_type": "code", "metadata": {}, "source": "import os; os._exit(1)", "outputs": []}
    honest["cells"][:0] = [{**new, "execution_count": None} for _ in range(80)]
    return json.dumps(honest).encode()

"""Has halves of characters in sources, ids, and names.

Must: be marked, and written down, or be refused.
Verdict: failed | not_run
Costs: q2
"""

import json


def content(honest):
    honest["metadata"]["kernelspec"]["name"] = "\ud800"
    for cell in honest["cells"]:
        cell["source"] += "\n# \ud800\udfff \x00 \x1b[2J"
        cell["id"] = "\udfff"
        cell["metadata"]["name"] = "\ud800"
    honest["cells"].append({"cell_type": "markdown", "metadata": {}, "source": "\ud800\x00"})
    return json.dumps(honest).encode()

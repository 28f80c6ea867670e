"""Changes the locked cells so that they pass, and puts its own code into them.

Must: be run with the cells of the release.
Verdict: failed
"""

import json


def content(honest):
    for cell in honest["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("locked"):
            cell["source"] = "print('ESCAPED ' 'by a locked cell')"
            cell["cell_type"] = "code"
    return json.dumps(honest).encode()

"""Has no locked cells and no answer to the first question.

Must: get the locked cells back, and nothing for what is missing.
Verdict: failed
"""

import json


def content(honest):
    honest["cells"] = [cell for cell in honest["cells"] if cell.get("id") in ("imports", "q2")]
    return json.dumps(honest).encode()

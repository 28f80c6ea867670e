"""Brings outputs of many megabytes with it, pictures and markup.

Must: be marked from its sources alone; none of the outputs is kept.
Verdict: failed
"""

import base64
import json


def content(honest):
    picture = base64.b64encode(bytes(12 << 20)).decode()
    for cell in honest["cells"]:
        if cell["cell_type"] == "code":
            html = {"text/html": "<script>pwned()</script>", "text/plain": "ESCAPED by old output"}
            cell["outputs"] = [{"output_type": "display_data", "data": html, "metadata": {}}]
    honest["cells"][1]["outputs"][0]["data"]["image/png"] = picture
    return json.dumps(honest).encode()

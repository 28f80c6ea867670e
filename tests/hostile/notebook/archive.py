"""Is a zip archive whose members climb out of the folder they are unpacked in.

Must: be refused as no notebook; nothing is unpacked.
Verdict: not_run
Costs: q2
"""

import io
import zipfile


def content(honest):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("../../hostile_trace", "x")
        packed.writestr("01_double.ipynb", "0" * (10 << 20))
    return file.getvalue()

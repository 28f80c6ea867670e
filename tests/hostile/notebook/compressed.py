"""Is a file of gzip that unpacks to a gigabyte.

Must: be refused as no notebook; nothing is unpacked.
Verdict: not_run
Costs: q2
"""

import gzip
import io


def content(honest):
    file = io.BytesIO()
    with gzip.GzipFile(fileobj=file, mode="wb") as packed:
        for _ in range(64):
            packed.write(bytes(1 << 20))
    return file.getvalue()

"""Is a hard link to the gradebook.

Must: be refused as no notebook, without a word of its content.
Verdict: not_run
Costs: q2
"""

import os


def place(path, canaries):
    os.link(canaries["gradebook"], path)

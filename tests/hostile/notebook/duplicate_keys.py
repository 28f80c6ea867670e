"""Names keys twice: two lists of cells, two sources in a cell.

Must: be read one way, and marked as that.
Verdict: failed
Costs: q2
"""

import json


def content(honest):
    text = json.dumps(honest)
    cells = json.dumps(honest["cells"])
    return (text[:-1] + f', "cells": [], "cells": {cells}, "nbformat": 4}}').encode()

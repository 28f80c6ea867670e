"""Patches modules and built-ins, to be met by whoever uses the same interpreter next.

Must: be met by nobody.
Verdict: failed
Costs: q2
"""

import builtins
import json
import math
import os
import random

import numpy as np

builtins.hostile_trace = True
math.hostile_trace = os.hostile_trace = json.hostile_trace = random.hostile_trace = np.hostile_trace = True
os.environ["HOSTILE_TRACE"] = "1"
np.random.seed(0)
random.seed(0)
math.sqrt = lambda x: 42


def double(x):
    return x

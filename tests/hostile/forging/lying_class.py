"""Returns objects that claim to be floats and arrays by their __class__.

Must: arrive as what they are.
Verdict: failed
"""

import numpy as np


class Float:
    __class__ = float
    __eq__ = lambda self, other: True


class Sneaky(np.ndarray):
    __class__ = property(lambda self: float)

    def __eq__(self, other):
        return np.ones(5, bool)


def double(x):
    return np.zeros(5).view(Sneaky) if isinstance(x, np.ndarray) else Float()

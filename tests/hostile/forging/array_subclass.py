"""Returns an array of a class that is equal to everything.

Must: earn nothing; a grader that compares with a bare == cannot decide, so the instructor is asked.
Verdict: failed | grader_error
Blame: course
"""

import numpy as np


class Equal(np.ndarray):
    __eq__ = lambda self, other: np.ones(5, bool)
    all = lambda self, *a, **k: np.True_


def double(x):
    return np.zeros(5).view(Equal)

"""Returns an array of objects, arrays and text where numbers are compared.

Must: earn nothing; a grader that compares with a bare == cannot decide, so the instructor is asked.
Verdict: failed | grader_error
Blame: course
"""

import numpy as np


def double(x):
    result = np.empty(5, object)
    for i in range(5):
        result[i] = np.array([1.0, 2.0])
    return result

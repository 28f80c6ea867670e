"""Returns two numbers where one is compared, so that the comparison has no truth.

Must: earn nothing; a grader that compares with a bare == cannot decide, so the instructor is asked.
Verdict: failed | grader_error
Blame: course
"""

import numpy as np


def double(x):
    return np.array([2.0 * x, 1.0]) if not isinstance(x, np.ndarray) else x

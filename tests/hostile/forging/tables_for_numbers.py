"""Returns a table where a number is compared, so that the comparison has no truth.

Must: earn nothing; a grader that compares with a bare == cannot decide, so the instructor is asked.
Verdict: failed | grader_error
Blame: course
"""

import pandas as pd


def double(x):
    return pd.DataFrame({"a": [1.0, 2.0]})

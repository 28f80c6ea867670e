"""The largest rate that does not diverge.

loses: diverged_ignored
"""

import numpy as np


def choose_lr(x, y, candidates, n_steps):
    good = [r for r in candidates if np.isfinite(fit_line(x, y, r, n_steps)[2][-1])]
    return max(good)

"""numpy's nanargmin over final losses."""

import numpy as np


def choose_lr(x, y, candidates, n_steps):
    with np.errstate(all="ignore"):
        ends = np.array([fit_line(x, y, rate, n_steps)[2][-1] for rate in candidates], dtype=float)
    ends[~np.isfinite(ends)] = np.nan
    return np.asarray(candidates)[np.nanargmin(ends)]

"""Shows as many tiny outputs as it can.

Must: be cut at the limit on output; the notebook is still written.
Verdict: failed | too_much_output | timed_out
"""

from IPython.display import display

for number in range(1_000_000):
    display(number)


def double(x):
    return x

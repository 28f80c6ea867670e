"""Never ends the cell in which the answer is defined.

Must: be stopped after the time of a cell; the other question is not touched.
Verdict: timed_out
"""

while True:
    pass

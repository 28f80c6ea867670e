"""Makes empty files for ever.

Must: be stopped by time, or by the number of files.
Verdict: out_of_disk | timed_out | out_of_memory
"""


def double(x):
    number = 0
    while True:
        number += 1
        open(f"/tmp/{number}{'n' * 200}", "w").close()

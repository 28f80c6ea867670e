"""Is a folder that is called like a notebook.

Must: be refused.
Verdict: not_run
Costs: q2
"""


def place(path, canaries):
    path.mkdir()
    (path / "01_double.ipynb").write_text("{}")

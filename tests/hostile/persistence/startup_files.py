"""Writes files that Python, IPython, Jupyter and shells read when they start.

Must: be read by nobody.
Verdict: failed
"""

import os
import site
import sys

PLACES = [
    "~/.bashrc",
    "~/.profile",
    "~/.pythonrc.py",
    "~/.ipython/profile_default/startup/00.py",
    "~/.ipython/profile_default/ipython_config.py",
    "~/.jupyter/jupyter_config.py",
    "~/.config/pip/pip.conf",
    "~/.config/matplotlib/matplotlibrc",
    "~/.local/lib/python3.11/site-packages/usercustomize.py",
    f"{site.getusersitepackages()}/hostile_trace.pth",
    f"{sys.prefix}/lib/sitecustomize.py",
    *(f"{folder}/hostile_trace.pth" for folder in sys.path),
]
for place in map(os.path.expanduser, PLACES):
    try:
        os.makedirs(os.path.dirname(place), exist_ok=True)
        with open(place, "w") as file:
            file.write("import builtins; builtins.hostile_trace = True\n")
    except OSError:
        pass


def double(x):
    return x

"""The notebook as it ran: the same outputs that a notebook client gets from an ordinary Jupyter kernel."""

from __future__ import annotations

import json
import re
import sys
import time
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from autograder import sandbox
from autograder.course import Course, Limits
from autograder.kernel import Kernel, Run, Setting
from autograder.submission import Cell, read_cells
from tests.small import Marker, SmallCourse

COURSE = Course(Path(__file__).parents[1])

CELLS = {
    "text": "print('hello')\nprint('world')",
    "standard error": "import sys\nprint('out')\nprint('err', file=sys.stderr)",
    "value": "6 * 7",
    "last value": "_ + 1",
    "Out": "Out[3] if 3 in Out else None",
    "HTML": "from IPython.display import HTML, Markdown, Math\nHTML('<b>x</b>')",
    "display": "from IPython.display import display\ndisplay('a', Markdown('*b*'))\n1",
    "update": "handle = display('first', display_id='one')\nhandle.update('second')",
    "clear": "from IPython.display import clear_output\nprint('gone')\nclear_output()\nprint('there')",
    "clear later": "print('gone')\nclear_output(wait=True)\nprint('there')",
    "own repr": "class R:\n    def _repr_html_(self): return '<i>r</i>'\n"
    "    def __repr__(self): return 'R'\nR()",
    "write a file": "%%writefile notes.txt\nhello",
    "read a file": "print(open('notes.txt').read())",
    "shell line": "!echo shell && echo wrong >&2",
    "captured shell": "lines = !echo one; echo two\nlines",
    "bash": "%%bash\necho from bash",
    # ipykernel hands on what C code and children print when a thread of it comes to that: give it time
    "os.system": "import os, time\nos.system('echo from C') or time.sleep(1)",
    "subprocess": "import subprocess\nsubprocess.run(['echo', 'from a child'])\ntime.sleep(1)",
    "timing": "%time sum(range(10))",
    "repeated timing": "%timeit -n1 -r1 sum(range(10))",
    "capture": "%%capture kept\nprint('kept')",
    "environment": "%env SOME_NAME=x\nimport os\nos.environ['SOME_NAME']",
    "help": "len?",
    "await": "import asyncio\nawait asyncio.sleep(0.01)\n'awaited'",
    "loop": "asyncio.get_running_loop().is_running()",
    "error": "def f(x):\n    return g(x)\ndef g(x):\n    return 1 / x\nf(0)",
    "syntax": "def broken(:",
    "indentation": "if True:\nprint(1)",
    "name": "not_there",
    "chained": "try:\n    1 / 0\nexcept ZeroDivisionError as e:\n    raise ValueError('two') from e",
    "assertion": "assert 1 == 2, 'one is not two'",
    "warning": "import warnings\nwarnings.warn('careful')",
    "logging": "import logging\nlogging.warning('logged')",
    "bar": "from tqdm import tqdm\nfor i in tqdm(range(3), mininterval=99): pass",
    "notebook bar": "from tqdm.auto import tqdm as auto\nfor i in auto(range(3), mininterval=99): pass",
    "widget": "import ipywidgets\nipywidgets.IntSlider(3)",
    "figure": "%matplotlib inline\nimport matplotlib.pyplot as plt\nplt.plot([1, 2, 4]);",
    "two figures": "plt.figure(); plt.plot([1]); plt.show()\nplt.figure(); plt.plot([2]); plt.show()",
    "frame": "import pandas as pd\npd.DataFrame({'a': [1, 2], 'b': ['x', 'y']})",
    "array": "import numpy as np\nnp.arange(12).reshape(3, 4)",
    "input": "input('name? ')",
    "unicode": "print('Зоя 学生 😀 \\x1b[31mred\\x1b[0m')",
    "no newline": "import sys\nsys.stdout.write('a')\nsys.stdout.write('b')",
    "nothing": "x = 1",
    "semicolon": "x;",
    "doctest style": ">>> print('pasted')",
    "exit": "import sys\nsys.exit(3)",
    "ipython": "get_ipython().has_trait('ast_node_interactivity')",
}


def settings(limits: Limits | None = None, data: Path | None = None) -> Setting:
    return Setting(sandbox.choose(), limits or Limits(), data, COURSE.settings.guest_environment)


def ours(cells: list[str], data: Path | None = None) -> Run:
    with Kernel(
        tuple(Cell("", source) for source in cells), settings(data=data), time.monotonic() + 300
    ) as kernel:
        return kernel.run()


def theirs(cells: list[str], folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The outputs of each cell as nbclient records them with this interpreter's own kernel."""
    kernels = folder / "jupyter" / "kernels" / "python3"
    kernels.mkdir(parents=True)
    command = [sys.executable, "-Xfrozen_modules=off", "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    about = {"argv": command, "display_name": "Python 3", "language": "python"}
    (kernels / "kernel.json").write_text(json.dumps(about))
    monkeypatch.setenv("JUPYTER_PATH", str(folder / "jupyter"))
    monkeypatch.setenv("PYTHONHASHSEED", "0")
    monkeypatch.delenv("PYTEST_CURRENT_TEST")  # with it, ipykernel does not catch what children print
    monkeypatch.setenv("TF_CPP_MIN_LOG_LEVEL", "2")
    for name, value in COURSE.settings.guest_environment.items():
        monkeypatch.setenv(name, value)
    work = folder / "work"
    work.mkdir(exist_ok=True)
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in cells])
    resources = {"metadata": {"path": str(work)}}
    NotebookClient(
        notebook, kernel_name="python3", allow_errors=True, resources=resources, timeout=300
    ).execute()
    return [cell.outputs for cell in notebook.cells]


MASKS = (
    (r"\x1b\[[0-9;]*m", ""),
    (r"0x[0-9a-f]{6,}", "0x…"),
    (r"(?<=/ipykernel_)\d+/\d+", "…"),
    (r"/tmp/ipykernel_\S+\.py", "<cell>"),
    (r"Cell In\[\d+\]", "Cell In[…]"),
    (r"File [^\n]*?(site-packages|python3\.\d+)/", "File …/"),
    (r"[\d.]+ ?(ns|μs|us|µs|ms|s)\b", "… s"),
    (r"\d+(\.\d+)?it/s", "… it/s"),
    (r"^[IWE]0000 .*? (\S+\])", r"\1"),  # the time and process in lines of C++ logs
    (r"\d\d:\d\d", "mm:ss"),
    (r"[ \t]+$", ""),
    (r"\r\n", "\n"),
)


def normal(outputs: list[Any]) -> list[Any]:
    """Outputs without what differs between any two runs: times, addresses, ids, how streams are cut."""
    result: list[Any] = []
    for output in json.loads(json.dumps(outputs)):
        kind = output["output_type"]
        if kind == "stream":
            text = masked(output["text"])
            if result and result[-1][:2] == ("stream", output["name"]):
                result[-1] = ("stream", output["name"], result[-1][2] + text)
            else:
                result.append(("stream", output["name"], text))
        elif kind == "error":
            result.append(
                (kind, output["ename"], masked(output["evalue"]), masked("\n".join(output["traceback"])))
            )
        else:
            result.append((kind, {mime: shown(mime, data) for mime, data in output["data"].items()}))
    return result


def shown(mime: str, data: Any) -> Any:
    if mime.startswith("image/") or "widget" in mime:
        return "…"
    return masked(data) if isinstance(data, str) else data


def masked(text: str) -> str:
    for pattern, replacement in MASKS:
        text = re.sub(pattern, replacement, text, flags=re.MULTILINE)
    return text


@pytest.mark.slow
def test_outputs_look_as_in_jupyter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = theirs(list(CELLS.values()), tmp_path, monkeypatch)
    run = ours(list(CELLS.values()))
    different = {
        name: (normal(record.outputs), normal(outputs))
        for name, record, outputs in zip(CELLS, run.cells, expected, strict=True)
        if normal(record.outputs) != normal(outputs)
    }
    assert not different, json.dumps(different, indent=1)[:6000]


@pytest.mark.slow
@pytest.mark.parametrize("exercise", COURSE.exercises, ids=lambda exercise: exercise.slug)
def test_solutions_put_out_what_they_do_in_jupyter(
    exercise: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sources = [cell.source for cell in read_cells(exercise.solution, Limits()) if cell.code]
    expected = theirs(sources, tmp_path, monkeypatch)
    run = ours(sources, exercise.public_data)
    assert not run.problems
    assert [normal(record.outputs) for record in run.cells] == [normal(outputs) for outputs in expected]


def test_execution_counts_go_up_from_one() -> None:
    assert [record.execution_count for record in ours(["1", "2", "3"]).cells] == [1, 2, 3]


def test_the_run_goes_on_after_a_cell_that_ends_the_process() -> None:
    run = ours(["x = 1", "import os; os._exit(1)", "print(x)"])
    assert [record.error is None for record in run.cells] == [True, False, True]
    assert run.cells[2].outputs[0]["text"] == "1\n"


# ---------------------------------------------------------------- messages that are made up

SEND = "def send(kind, **content): get_ipython().kernel.session.send(None, kind, content)\n"
RAW = """
import json, os, socket, struct
def raw(text):
    data = b'{"metadata": {}, "data": {"application/json": ' + text + b"}}"
    frame = b'{"out": "display_data", "content": ' + data + b"}"
    for fd in range(3, 40):
        try:
            socket.socket(fileno=os.dup(fd)).sendall(struct.pack("<II", len(frame), 0) + frame)
        except OSError:
            pass
"""
MADE_UP = {
    "deep": "raw(b'[' * 800 + b']' * 800)",
    "not so deep": "raw(b'[' * 150 + b']' * 150)",
    "a list of data": "send('display_data', data=[1, 2], metadata=[3])",
    "no data": "send('display_data')",
    "data of numbers": "send('display_data', data={'text/plain': 5, 'text/html': None}, metadata={})",
    "a lying count": "send('execute_result', data={'text/plain': 'x'}, metadata={}, execution_count='x')",
    "a count of tables": "send('execute_input', execution_count={'a': []}, code=5)",
    "a negative count": "send('execute_input', execution_count=-5, code='')",
    "a stream of lists": "send('stream', name=['a'], text=['b'])",
    "a stream of numbers": "send('stream', name='stdout', text=5)",
    "an error of numbers": "send('error', ename=5, evalue=[], traceback='abc')",
    "a traceback of numbers": "send('error', ename='a', evalue='b', traceback=[5, {}])",
    "half characters": "send('stream', name='stdout', text='\\ud800 \\x00\\x1b]0;x\\x07')",
    "an update of nothing": "send('update_display_data', data={}, metadata={}, transient={'display_id': []})",
    "a widget": "send('comm_msg', comm_id='x', data={'method': 'update', 'state': 5, 'buffer_paths': 7})",
    "an end": "send('status', execution_state='dead')",
    "no message": "send('no_such', a=1)",
    "no picture": "send('display_data', data={'image/png': '<script>'}, metadata={'image/png': 5})",
}


@pytest.mark.parametrize("name", MADE_UP)
def test_made_up_messages_leave_a_notebook_that_can_be_written(
    mark: Marker, small: SmallCourse, name: str
) -> None:
    result = mark(before=f"{SEND}{RAW}{MADE_UP[name]}")
    assert (result.points, result.blame) == (4, "none")
    (path,) = small.results.rglob("executed.ipynb")
    nbformat.validate(nbformat.reads(path.read_text(), as_version=4))

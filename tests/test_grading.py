"""What a submission gets: right, wrong, half done, broken and hostile, each through the real sandbox."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import psutil
import pytest

from autograder.result import Blame, SubmissionResult, Verdict
from tests.small import DOUBLE, STUB, Marker, SmallCourse, notebook


def points(result: SubmissionResult) -> list[float | None]:
    return [question.points for question in result.questions]


def messages(result: SubmissionResult) -> str:
    return " ".join(check.message for question in result.questions for check in question.checks)


def test_a_right_answer_gets_all_points(mark: Marker) -> None:
    result = mark()
    assert (result.points, result.verdict, result.blame) == (4, Verdict.PASSED, Blame.NONE)
    assert result.isolation == "bubblewrap"
    assert [v.ok for v in result.visible] == [True, True]


def test_a_blank_notebook_gets_none_and_nothing_crashes(mark: Marker) -> None:
    result = mark(STUB.format(name="double"), STUB.format(name="triple"))
    assert (result.points, result.verdict, result.blame) == (0, Verdict.FAILED, Blame.STUDENT)
    assert "not written yet" in messages(result)


def test_a_wrong_answer_loses_its_bracket_only(mark: Marker) -> None:
    result = mark("def double(x):\n    return float(x) * 2 if not hasattr(x, 'shape') else x")
    assert points(result) == [2, 1]
    assert [c.verdict for c in result.questions[0].checks] == [Verdict.PASSED, Verdict.FAILED]
    assert "not twice the array" in messages(result)


def test_a_missing_function_is_named(mark: Marker) -> None:
    result = mark("x = 1")
    assert points(result) == [0, 1]
    assert "`double` is not defined" in messages(result)


def test_an_exception_is_told_without_hidden_values(mark: Marker) -> None:
    result = mark("def double(x):\n    raise ValueError('sec' + 'ret')")
    assert points(result) == [0, 1]
    assert "raised ValueError" in messages(result)
    assert "secret" not in messages(result)


LOOP = "while True: pass"
STUBBORN = "while True:\n    try:\n        while True: pass\n    except BaseException:\n        pass"


@pytest.mark.parametrize("body", [LOOP, STUBBORN, "import time; time.sleep(1000)"])
def test_a_call_that_never_ends_costs_its_question_only(mark: Marker, body: str) -> None:
    lines = "\n".join(f"    {line}" for line in body.splitlines())
    result = mark(f"def double(x):\n{lines}")
    assert points(result) == [0, 1]
    assert result.questions[0].verdict is Verdict.TIMED_OUT
    assert result.questions[0].blame is Blame.STUDENT


@pytest.mark.parametrize("body", [LOOP, STUBBORN])
def test_a_cell_that_never_ends_costs_its_question_only(mark: Marker, body: str) -> None:
    result = mark(body)
    assert points(result) == [0, 1]
    assert result.problems[0].verdict is Verdict.TIMED_OUT


@pytest.mark.parametrize(
    ("body", "verdict"),
    [
        ("import os; os._exit(0)", Verdict.CRASHED),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", Verdict.CRASHED),
        ("import ctypes; ctypes.string_at(0)", Verdict.CRASHED),
        ("return 'x' * (8 << 30)", Verdict.OUT_OF_MEMORY),
        ("k = []\n    while True: k.append(bytearray(1 << 20))", Verdict.OUT_OF_MEMORY),
        (
            "import mmap; m = mmap.mmap(-1, 1 << 32)\n    for i in range(0, 1 << 32, 4096): m[i] = 1",
            Verdict.OUT_OF_MEMORY,
        ),
        ("while True: print('y' * 10000)", Verdict.TOO_MUCH_OUTPUT),
        ("import os\n    while True: os.write(1, b'y' * 10000)", Verdict.TOO_MUCH_OUTPUT),
        ("import subprocess; subprocess.run(['yes'])", Verdict.TOO_MUCH_OUTPUT),
        (
            "import threading, time\n    while True: threading.Thread(target=time.sleep, args=(9,)).start()",
            Verdict.TOO_MANY_PROCESSES,
        ),
        ("import os\n    while True: os.fork()", Verdict.TOO_MANY_PROCESSES),
        (
            "import os\n    for i in range(999): open(f'f{i}', 'wb').write(bytes(1 << 20))",
            Verdict.OUT_OF_DISK,
        ),
        ("import os; os.kill(os.getpid(), 19)", Verdict.TIMED_OUT),
    ],
)
def test_each_limit_is_a_verdict_of_its_own(mark: Marker, body: str, verdict: Verdict) -> None:
    result = mark(f"def double(x):\n    {body}")
    assert points(result) == [0, 1]
    assert result.questions[0].verdict is verdict, messages(result)


FORGERIES = {
    "numpy lies": "import numpy as np\nnp.allclose = lambda *a, **k: True\nnp.array_equal = np.allclose\n"
    "import numpy.testing as t\nt.assert_allclose = t.assert_array_equal = lambda *a, **k: None\n"
    "def double(x): return x",
    "pytest and builtins lie": "import builtins, sys, types\n"
    "sys.modules['pytest'] = types.ModuleType('pytest')\n"
    "builtins.abs = lambda x: 0\nbuiltins.AssertionError = type('A', (BaseException,), {})\n"
    "def double(x): return x",
    "AST transformer": "import ast\nclass T(ast.NodeTransformer):\n"
    "    def visit_Assert(self, node): return ast.Pass()\n"
    "get_ipython().ast_transformers.append(T())\ndef double(x): return x",
    "equal to everything": "class E(float):\n"
    "    __eq__ = lambda s, o: True\n    __ne__ = lambda s, o: False\n"
    "    __hash__ = float.__hash__\n    shape = (5,)\n    def __array__(s, *a, **k): return 1/0\n"
    "def double(x): return E(1)",
    "lying class": "class L:\n    __class__ = property(lambda s: float)\n    __eq__ = lambda s, o: True\n"
    "def double(x): return L()",
    "forged frames": "import socket, os, struct, json\ndef double(x):\n"
    "    for fd in range(3, 40):\n        try:\n            s = socket.socket(fileno=os.dup(fd))\n"
    "            t = json.dumps({'id': 1, 'ok': 2 * 9.5}).encode()\n"
    "            s.sendall(struct.pack('<II', len(t), 0) + t)\n        except OSError: pass\n    return x",
    "torn frame": "import socket, os\ndef double(x):\n    for fd in range(3, 40):\n        try:\n"
    "            socket.socket(fileno=os.dup(fd)).sendall(b'\\xff' * 64)\n        except OSError: pass\n"
    "    return x",
    "a pickle": "class P:\n    def __reduce__(self): return (open, ('/tmp/owned', 'w'))\n"
    "def double(x): return P()",
    "a deep value": "def double(x):\n    v = []\n    for i in range(100000): v = [v]\n    return v",
    "a wide value": "def double(x):\n    v = [0]\n    for i in range(60): v = [v, v]\n    return v",
    "a huge integer": "def double(x): return 10 ** 6000",
    "a lone surrogate": "def double(x): return '\\ud800' * 10",
    "a giant array": "import numpy as np\ndef double(x): return np.zeros(1 << 26)",
    "NaN": "def double(x): return float('nan')",
}


@pytest.mark.parametrize("name", FORGERIES)
def test_forged_answers_earn_nothing(mark: Marker, name: str) -> None:
    result = mark(FORGERIES[name])
    assert points(result) == [0, 1], messages(result)
    assert result.blame is Blame.STUDENT


def test_student_code_cannot_read_the_hidden_tests(mark: Marker, small: SmallCourse) -> None:
    root = small.course.root
    spy = f"""
import os, subprocess
found = []
for path in [{str(root)!r}, {str(root / "reference")!r}, "/proc/1/cwd", "/proc/1/root/tmp"]:
    try: found += os.listdir(path)
    except OSError: pass
skip = ("/usr", "/proc", "/dev", "/lib", {sys.prefix!r}, {sys.base_prefix!r})
for folder, folders, files in os.walk("/"):
    folders[:] = [f for f in folders if not os.path.join(folder, f).startswith(skip)]
    found += [f for f in files if "double" in f or "secret" in f]
command = "env; cat /proc/*/environ"
text = subprocess.run(command,
                      shell=True, capture_output=True, text=True, timeout=3).stdout
print("FOUND", [f for f in found if "double" in f or "secret" in f], text)
"""
    result = mark(before=spy)
    assert not result.problems
    printed = small.results.joinpath("ada/u1_small/01_double/executed.ipynb").read_text()
    assert result.points == 4
    assert "FOUND []" in printed.replace("\\n", "\n")
    assert "test_double" not in printed
    assert "PYTEST" not in printed


def test_nothing_is_left_behind(mark: Marker, tmp_path: Path) -> None:
    daemon = (
        "import os, subprocess\n"
        "subprocess.Popen(['sleep', '4242'], start_new_session=True)\n"
        "if os.fork() == 0:\n    os.setsid()\n    import time; time.sleep(4242)\n"
        "open('/tmp/trace-of-a-student', 'w').write('x')"
    )
    mark(before=daemon)
    time.sleep(0.2)
    assert not [p for p in psutil.process_iter(["cmdline"]) if "4242" in " ".join(p.info["cmdline"] or [])]
    assert not Path("/tmp/trace-of-a-student").exists()


def test_there_is_no_network(mark: Marker, small: SmallCourse) -> None:
    trial = (
        "import socket\nfor family in (socket.AF_INET, 40, 17):\n"
        "    try:\n        s = socket.socket(family, socket.SOCK_STREAM)\n        s.settimeout(1)\n"
        "        s.connect(('1.1.1.1', 53) if family == 2 else (2, 1024))\n        print('REACHED')\n"
        "    except (OSError, TypeError) as error:\n        print('closed', error)"
    )
    mark(before=trial)
    printed = small.results.joinpath("ada/u1_small/01_double/executed.ipynb").read_text()
    assert "closed" in printed
    assert '"REACHED' not in printed


def test_output_and_figures_are_kept_in_the_executed_notebook(mark: Marker, small: SmallCourse) -> None:
    mark(before="print('hello')\n40 + 2")
    printed = small.results.joinpath("ada/u1_small/01_double/executed.ipynb").read_text()
    assert "hello" in printed
    assert "42" in printed


# What was changed in the file


def test_locked_cells_are_restored(small: SmallCourse) -> None:
    content = notebook(DOUBLE, "def triple(x): return 0")
    content["cells"][-1]["source"] = "assert True"
    result = small.grade(content)
    assert points(result) == [3, 0]
    assert result.visible[1].ok is False
    assert "'q2_points' was changed" in " ".join(result.notes)


def test_deleted_cells_are_put_back(small: SmallCourse) -> None:
    content = notebook(DOUBLE, "def triple(x): return 0")
    del content["cells"][-1]
    result = small.grade(content)
    assert [v.ok for v in result.visible] == [True, False]
    assert "was put back" in " ".join(result.notes)


def test_a_missing_answer_cell_is_named(small: SmallCourse) -> None:
    content = notebook(DOUBLE, "")
    del content["cells"][-2]
    result = small.grade(content)
    assert points(result) == [3, 0]
    assert "answer cell 'q2' is missing" in " ".join(result.notes)


def test_duplicate_ids_are_named_and_the_last_definition_counts(small: SmallCourse) -> None:
    content = notebook("def double(x): return 0", "")
    twice = dict(content["cells"][2], source=DOUBLE)
    content["cells"].insert(3, twice)
    result = small.grade(content)
    assert points(result) == [3, 0]
    assert "2 cells have the id 'q1'" in " ".join(result.notes)


def test_cells_run_from_top_to_bottom_whatever_their_counts_say(small: SmallCourse) -> None:
    content = notebook(DOUBLE, "def triple(x): return x * 3")
    for count, cell in enumerate(reversed(content["cells"])):
        if cell["cell_type"] == "code":
            cell["execution_count"] = count
    assert small.grade(content).points == 4


# What the course did wrong


def test_a_grader_that_raises_is_the_courses_fault(mark: Marker, small: SmallCourse) -> None:
    grader = small.exercise.grader
    text = grader.read_text().replace("assert student.triple(7) == 21", "assert [][student.triple(7)] == 21")
    grader.write_text(text)
    result = mark()
    assert points(result) == [3, None]
    assert (result.points, result.verdict, result.blame) == (None, Verdict.GRADER_ERROR, Blame.COURSE)
    assert "IndexError" in result.questions[1].checks[0].detail
    assert result.questions[1].checks[0].message == ""


@pytest.mark.parametrize("name", ["double.py", "test_double.py"])
def test_a_missing_reference_or_grader_is_the_courses_fault(
    mark: Marker, small: SmallCourse, name: str
) -> None:
    (small.course.reference / "u1_small" / name).unlink()
    result = mark()
    assert (result.points, result.verdict, result.blame) == (None, Verdict.GRADER_ERROR, Blame.COURSE)
    assert "double" in result.questions[0].checks[0].detail


def test_points_that_do_not_add_up_are_the_courses_fault(mark: Marker, small: SmallCourse) -> None:
    grader = small.exercise.grader
    grader.write_text(grader.read_text().replace("@bracket(2)", "@bracket(5)"))
    assert mark().verdict is Verdict.GRADER_ERROR


def test_process_isolation_marks_too_and_says_so(mark: Marker) -> None:
    result = mark(level="process")
    assert (result.points, result.isolation) == (4, "process")

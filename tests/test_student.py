"""The student's notebook as a grader sees it, through the real sandbox."""

from __future__ import annotations

import contextlib
import math
import time
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pandas as pd
import pytest

from autograder import sandbox
from autograder.course import Limits
from autograder.errors import (
    BadReply,
    CheckFailed,
    CourseError,
    Crashed,
    GuestStopped,
    MissingName,
    OutOfMemory,
    StudentRaised,
    TimedOut,
)
from autograder.kernel import Kernel, Setting
from autograder.student import Array, Handle, Student, TensorFlow, Torch
from autograder.submission import Cell

pytestmark = pytest.mark.sandbox

NOTEBOOK = r"""
import asyncio, os, sys, threading, time, collections, dataclasses
import numpy as np
import pandas as pd

number = 7
calls = []

def echo(x=None, *more, **named):
    return (x, *more, named) if more or named else x

def evaluate(source, **names):
    return eval(source, {**globals(), **names})

def execute(source, **names):
    exec(source, globals(), names)

def apply(f, *arguments, **named):
    return f(*arguments, **named)

def apply_caught(f, *arguments):
    try:
        return f(*arguments)
    except BaseException as error:
        return f"caught {type(error).__name__}"

kept = []
def keep(f):
    kept.append(f)

def use_kept(i=0, *arguments):
    return kept[i](*arguments)

def use_kept_later(seconds):
    def later():
        time.sleep(seconds)
        try:
            calls.append(kept[-1]())
        except BaseException as error:
            calls.append(type(error).__name__)
    threading.Thread(target=later, daemon=True).start()

def in_threads(f, n):
    answers = [None] * n
    def work(i):
        answers[i] = f(i)
    threads = [threading.Thread(target=work, args=(i,)) for i in range(n)]
    [t.start() for t in threads]
    [t.join() for t in threads]
    return answers

async def slowly(x):
    await asyncio.sleep(0.01)
    return x + 1

Point = collections.namedtuple("Point", "x y")

@dataclasses.dataclass
class Box:
    content: object = 1
    def twice(self):
        return self.content * 2
    def __getitem__(self, index):
        return ("item", index)
    def __len__(self):
        return 3

def count():
    n = 0
    while True:
        yield n
        n += 1

def fail(kind, *arguments):
    raise kind(*arguments)

class LyingError(Exception):
    __class__ = property(lambda self: AssertionError)
    def __str__(self):
        raise self

class SilentError(Exception):
    def __str__(self):
        raise SystemExit

class Odd(float):
    __eq__ = lambda s, o: True
    __hash__ = float.__hash__

def division(x):
    y = x - x
    return x / y
"""


@pytest.fixture(scope="module", autouse=True)
def _many_guests() -> Iterator[None]:
    """Tests that end the guest share one notebook."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("autograder.kernel.MOST_GUESTS", 1000)
        yield


def launched(source: str, limits: Limits | None = None, total_s: float = 500) -> Kernel:
    setting = Setting(sandbox.choose(), limits or Limits(call_s=10, total_s=500))
    return Kernel((Cell("", source),), setting, time.monotonic() + total_s)


@pytest.fixture(scope="module")
def live() -> Iterator[Student]:
    with launched(NOTEBOOK) as kernel:
        assert kernel.run().problems == []
        yield Student(kernel)


@pytest.fixture
def student(live: Student) -> Student:
    live._kernel.stopped_calls.clear()  # a call that stopped its process twice is not made again
    live.execute("kept.clear(); calls.clear()")
    return live


# ---------------------------------------------------------------- values, both ways

VALUES: dict[str, Any] = {
    "nothing": None,
    "true": True,
    "integer": -3,
    "long": 2**200,
    "float": 0.1,
    "inf": math.inf,
    "minus zero": -0.0,
    "complex": 1 - 2j,
    "text": "Зоя\x00😀",
    "bytes": b"\x00\xff",
    "list": [1, [2.0, [None]], "x"],
    "tuple": (1, (2,), ()),
    "set": {1, "a", (2, 3)},
    "frozenset": frozenset({1, frozenset({2})}),
    "dict": {"a": {"b": [1]}, 0: "no", (1, 2): None, None: 0, True: 2},
    "floats": [0.5] * 1000,
    "integers": list(range(1000)),
}


@pytest.mark.parametrize("name", VALUES)
def test_plain_values_cross_both_ways(student: Student, name: str) -> None:
    got = student.echo(VALUES[name])
    assert type(got) is type(VALUES[name])
    assert got == VALUES[name]
    assert repr(got) == repr(VALUES[name]) or isinstance(got, set | frozenset)


def test_nan_crosses(student: Student) -> None:
    assert math.isnan(student.echo(math.nan))


DTYPES = "? i1 u1 i2 u2 i4 u4 i8 u8 f2 f4 f8 f16 c8 c16 >f8 >i4 U5 S5 M8[ns] m8[s]".split()


@pytest.mark.parametrize("dtype", DTYPES)
def test_arrays_cross_both_ways(student: Student, dtype: str) -> None:
    value = np.arange(6).reshape(2, 3).astype(dtype)
    for array in (value, value.T, value[:, ::2], value[:0], value[0, 0, ...]):
        got = student.echo(array)
        assert (got.dtype, got.shape) == (array.dtype, array.shape)
        assert (got == array).all()


@pytest.mark.parametrize(
    "source", ["np.float32(2)", "np.int64(2)", "np.bool_(1)", "np.str_('2')", "np.datetime64(2, 's')"]
)
def test_numpy_scalars_cross(student: Student, source: str) -> None:
    got, here = student.evaluate(source), eval(source)  # the same expression on both sides
    assert type(got) is type(here)
    assert got == here


def test_arguments_and_keywords_arrive(student: Student) -> None:
    assert student.echo(1, 2, a=3) == (1, 2, {"a": 3})


def test_frames_cross_both_ways(student: Student) -> None:
    frame = pd.DataFrame({"a": [1, 2], "b": ["x", None], "c": [0.5, np.nan]}, index=["p", "q"])
    pd.testing.assert_frame_equal(student.echo(frame), frame)
    pd.testing.assert_series_equal(student.echo(frame["a"]), frame["a"])
    assert student.evaluate("f['a'].sum()", f=frame) == 3


def test_named_tuples_become_tuples(student: Student) -> None:
    assert student.Point(1, y=2) == (1, 2)


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("Box()", "Box"),
        ("count()", "builtins.generator"),
        ("iter([1])", "builtins.list_iterator"),
        ("zip([1], [2])", "builtins.zip"),
        ("range(3)", "builtins.range"),
        ("{}.keys()", "builtins.dict_keys"),
        ("Odd(1)", "Odd"),
        ("lambda x: x", "builtins.function"),
        ("np.sin", "numpy.ufunc"),
        ("np.random.default_rng(0)", "Generator"),
        ("np.zeros(2, [('a', 'f8')])", "numpy.ndarray"),
        ("type('Liar', (), {'__class__': property(lambda s: float)})()", "Liar"),
    ],
)
def test_what_is_no_value_comes_back_as_a_handle(student: Student, source: str, kind: str) -> None:
    got = student.evaluate(source)
    assert isinstance(got, Handle)
    assert kind in got.types[0]
    assert repr(got).startswith("<student's ")


def test_values_that_cannot_cross_are_told_in_words(student: Student) -> None:
    for source in ("10 ** 6000", "[None] * 600_000", "np.zeros(1 << 26)"):
        with pytest.raises(BadReply, match="cannot be handed over: it "):
            student.evaluate(source)
    assert student.echo(1) == 1


# ---------------------------------------------------------------- names


def test_globals_are_read(student: Student) -> None:
    assert student["number"] == 7
    assert isinstance(student["Box"], Handle)
    assert student.has("number")
    assert not student.has("nothing_of_the_kind")


def test_a_missing_name_is_told(student: Student) -> None:
    asks: list[Callable[[], Any]] = [
        lambda: student["gone"],
        lambda: student.gone(1),
        lambda: student.gone.x(1),
    ]
    asks.append(lambda: student.echo(student.gone))
    for ask in asks:
        with pytest.raises(MissingName, match="`gone` is not defined"):
            ask()


def test_a_path_of_names_is_followed(student: Student) -> None:
    assert student.np.linalg.norm([3.0, 4.0]) == 5
    with pytest.raises(StudentRaised) as caught:
        student.np.not_there(1)
    assert caught.value.type_name == "AttributeError"


def test_functions_of_the_student_may_be_arguments(student: Student) -> None:
    assert student.apply(student.echo, 5) == 5
    assert student.apply(student.np.sqrt, 4.0) == 2
    assert student.apply(student.evaluate("Box(4)").twice) == 8


# ---------------------------------------------------------------- handles


def test_handles_have_methods_attributes_and_items(student: Student) -> None:
    box = student.evaluate("Box([1, 2])")
    assert box.callable is False
    assert box.twice() == [1, 2, 1, 2]
    assert box.get("content") == [1, 2]
    assert isinstance(box.hold("content"), Handle)
    assert box[3] == ("item", 3)
    assert box["k"] == ("item", "k")
    assert student.echo.handle([5, 6, 7])[1:] == [6, 7]
    assert student.echo.handle(np.arange(6).reshape(2, 3))[0, ::2].tolist() == [0, 2]
    assert len(box) == 3


def test_handles_can_be_called_and_held(student: Student) -> None:
    add = student.evaluate("lambda x, y=1: x + y")
    assert add.callable
    assert add(1) == 2
    assert add(1, y=5) == 6
    held = student.echo.handle([1, 2])
    assert isinstance(held, Handle)
    assert held.types[0] == "builtins.list"
    assert student.echo(held) == [1, 2]


def test_handles_go_back_inside_containers(student: Student) -> None:
    box = student.evaluate("Box(3)")
    assert student.evaluate("[b.content for b in bs['k']]", bs={"k": [box, box]}) == [3, 3]
    assert student.evaluate("a is b", a=box, b=box) is True


def test_the_first_items_of_an_iterable_come_out(student: Student) -> None:
    numbers = student.count()
    assert numbers.first(3) == [0, 1, 2]
    assert numbers.first(2) == [3, 4]
    assert student.evaluate("iter('ab')").first(9) == ["a", "b"]
    assert student.evaluate("range(100)").first(2) == [0, 1]


def test_handles_are_not_iterated_by_mistake(student: Student) -> None:
    with pytest.raises(TypeError):
        list(student.count())


def test_a_handle_of_another_process_is_the_graders_mistake(student: Student) -> None:
    box = student.evaluate("Box()")
    with student.fresh() as other, pytest.raises(TypeError, match="another process"):
        other.echo(box)


def test_handles_of_a_process_that_ended_say_so(student: Student) -> None:
    box = student.evaluate("Box()")
    with pytest.raises(Crashed):
        student.execute("os._exit(0)")
    uses: list[Callable[[], Any]] = [lambda: box.twice(), lambda: box[0], lambda: student.echo(box)]
    for use in uses:
        with pytest.raises(GuestStopped, match="gone with the process"):
            use()
    assert student.echo(1) == 1
    with pytest.raises(GuestStopped, match="gone with the process"):
        box.twice()


def test_a_kit_has_its_own_namespace(student: Student) -> None:
    kit = student.kit("number = 1\ndef total(box, x):\n    return box.content + x + number")
    assert kit.total(student.evaluate("Box(10)"), 5) == 16
    assert kit.get("number") == 1
    assert student["number"] == 7
    assert not student.has("total")


# ---------------------------------------------------------------- calls back


def test_functions_of_the_grader_are_called(student: Student) -> None:
    seen: list[Any] = []

    def record(x: Any, *, scale: float = 1) -> Any:
        seen.append(x)
        return x * scale

    assert student.apply(record, np.arange(3), scale=2).tolist() == [0, 2, 4]
    assert student.evaluate("[f(i) for i in range(3)]", f=record) == [0, 1, 2]
    assert student.evaluate("g['f'](f(1))", f=record, g={"f": record}) == 1
    assert len(seen) == 6


@pytest.mark.parametrize("function", [np.sin, math.sqrt, float, np.linalg.norm, max])
def test_functions_without_a_signature_are_called_too(student: Student, function: Callable[..., Any]) -> None:
    assert student.apply(function, 4.0) == function(4.0) if function is not max else True


def test_handles_are_passed_to_functions_of_the_grader(student: Student) -> None:
    seen: list[Any] = []
    student.apply(seen.append, student.evaluate("Box(5)"))
    assert isinstance(seen[0], Handle)
    assert seen[0].twice() == 10


class Special(Exception):
    pass


@pytest.mark.parametrize("error", [CheckFailed("wrong"), AssertionError("wrong"), CourseError("ours")])
@pytest.mark.parametrize("how", ["apply", "apply_caught"])
def test_exceptions_of_the_graders_function_come_out_unchanged(
    student: Student, error: Exception, how: str
) -> None:
    def broken() -> None:
        raise error

    with pytest.raises(type(error)) as caught:
        student._call((how,), None, (broken,), {})
    assert caught.value is error
    assert student.echo(1) == 1


def test_a_skip_comes_out_too(student: Student) -> None:
    def undecided() -> None:
        pytest.skip("not here")

    with pytest.raises(pytest.skip.Exception):
        student.apply(undecided)
    assert student.echo(1) == 1


@pytest.mark.parametrize("arguments", ["1, 2", "", "z=1", "*range(9)"])
def test_wrong_arguments_are_the_students_fault(student: Student, arguments: str) -> None:
    with pytest.raises(
        CheckFailed, match="`scorer`, which was passed in, was called with the wrong arguments"
    ):
        student.evaluate(f"f({arguments})", f=lambda_named("scorer"))


def lambda_named(name: str) -> Callable[..., Any]:
    def function(x: Any) -> Any:
        return x

    function.__name__ = name
    return function


def test_values_that_the_function_cannot_take_are_the_students_fault(student: Student) -> None:
    with pytest.raises(CheckFailed, match="values that it cannot work with"):
        student.apply(lambda x: x + 1, "text")


def test_an_answer_that_cannot_be_sent_is_the_graders_fault(student: Student) -> None:
    for function in (lambda: 10**6000, object, lambda: "x" * (9 << 20)):
        with pytest.raises(Exception, match=r"digits|object|larger") as caught:
            student.apply(function)
        assert not isinstance(caught.value, CheckFailed)
        assert student.echo(1) == 1


def test_calling_the_student_from_within_a_call_is_refused(student: Student) -> None:
    with pytest.raises(CourseError, match="while it waits"):
        student.apply(lambda: student.echo(1))
    assert student.echo(1) == 1


def test_threads_of_the_student_may_call_back(student: Student) -> None:
    assert student.in_threads(lambda i: i * i, 20) == [i * i for i in range(20)]


def test_a_function_kept_for_later_is_refused_and_not_confused(student: Student) -> None:
    student.keep(lambda: "old")
    assert student.apply(lambda: "new") == "new"
    with pytest.raises(StudentRaised):
        student.use_kept()
    with pytest.raises(StudentRaised):
        student.execute("kept[0]()", other=lambda: "new")
    assert student.echo(1) == 1


def test_a_function_called_between_calls_is_refused(student: Student) -> None:
    student.keep(lambda: "old")
    student.use_kept_later(0.2)
    time.sleep(0.5)
    assert student.echo(1) == 1
    student.use_kept_later(0.1)
    student.evaluate("time.sleep(0.4)", f=lambda: "new")
    assert student["calls"] == ["Refused", "Refused"]
    assert student.echo(1) == 1


FORGED = """
import json, struct, os, socket
def forge(**message):
    text = json.dumps(message).encode()
    for fd in range(3, 40):
        try:
            socket.socket(fileno=os.dup(fd)).sendall(struct.pack("<II", len(text), 0) + text)
        except OSError:
            pass
"""


@pytest.mark.parametrize(
    "message",
    [
        {"call": 0, "args": [[], {}]},
        {"call": 10**6, "args": [[], {}]},
        {"call": -1, "args": [[], {}]},
        {"call": True, "args": [[], {}]},
        {"call": [], "args": 1},
        {"call": 0},
        {"id": 1, "ok": 1},
        {"id": 1, "err": {"kind": "raised"}},
        {"ok": 1},
        {"out": 1, "content": 2},
        {"out": "stream", "content": {"name": [], "text": {}}},
        {"ready": True},
        {},
    ],
    ids=lambda message: repr(message)[:30],
)
def test_forged_messages_end_in_a_students_error_at_worst(student: Student, message: dict[str, Any]) -> None:
    forge = f"{FORGED}\nforge(**{message!r})"
    with contextlib.suppress(CheckFailed, StudentRaised, BadReply, GuestStopped):
        assert student.execute(forge, f=lambda: 0) is None
    assert student.echo(1) == 1


@pytest.mark.parametrize(
    "claim",
    [
        "5",
        "[]",
        "{}",
        "{'kind': []}",
        "{'kind': 'raised', 'type': 5, 'bases': [[5]], 'text': {}, 'errno': [], 'line': 3}",
        "{'kind': 'raised', 'type': 'x' * 10**6, 'bases': ['y' * 10**5] * 50, 'text': 'z' * 10**6}",
        "{'kind': 'raised', 'text': deep}",
        "{'kind': 'raised', 'type': deep, 'bases': [deep]}",
        "{'kind': 'unsendable', 'text': deep}",
        "{'kind': 'unsendable', 'text': '\\ud800\\x1b[31m'}",
    ],
)
def test_claims_of_errors_are_never_believed_blindly(student: Student, claim: str) -> None:
    find = """
def requests():
    frame = sys._getframe()
    while frame:
        if "request" in frame.f_locals and "id" in frame.f_locals["request"]:
            yield frame.f_locals["request"]["id"]
        frame = frame.f_back
deep = []
for _ in range(450): deep = [deep]
"""
    hook = f"{FORGED}\n{find}\nglobals().update(locals())\nforge(id=next(requests()), err={claim})"
    with pytest.raises((BadReply, StudentRaised, GuestStopped)) as caught:
        student.execute(hook)
    assert len(str(caught.value)) < 1000
    with pytest.raises(GuestStopped):  # its true answer comes unasked
        student.echo(1)
    assert student.echo(1) == 1


# ---------------------------------------------------------------- what goes wrong


def test_an_exception_is_told_with_type_bases_and_line(student: Student) -> None:
    with pytest.raises(StudentRaised) as caught:
        student.division(1)
    error = caught.value
    assert (error.call, error.type_name, error.line) == ("`division`", "ZeroDivisionError", "return x / y")
    assert error.bases == ("ZeroDivisionError", "ArithmeticError", "Exception", "BaseException", "object")
    assert error.text == "division by zero"


@pytest.mark.parametrize(
    "name", ["SystemExit", "KeyboardInterrupt", "GeneratorExit", "StopIteration", "BaseException"]
)
def test_any_exception_is_an_answer(student: Student, name: str) -> None:
    with pytest.raises(StudentRaised) as caught:
        student.evaluate(f"fail({name}, 'x')")
    assert caught.value.type_name == name
    assert student.echo(1) == 1


@pytest.mark.parametrize("name", ["LyingError", "SilentError"])
def test_exceptions_that_lie_are_told_by_their_true_type(student: Student, name: str) -> None:
    with pytest.raises(StudentRaised) as caught:
        student.evaluate(f"fail({name})")
    assert caught.value.type_name == name
    assert "AssertionError" not in caught.value.bases
    assert caught.value.text == ""


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("fail(MemoryError)", OutOfMemory),
        ("b'x' * (64 << 30)", OutOfMemory),
        ("fail(RecursionError)", StudentRaised),
        ("(lambda f: f(f))(lambda f: f(f))", StudentRaised),
        ("fail(LookupError, 'a name')", StudentRaised),
        ("os._exit(3)", Crashed),
        ("os.kill(os.getpid(), 11)", Crashed),
    ],
)
def test_each_kind_of_end_has_its_error(student: Student, source: str, kind: type[Exception]) -> None:
    with pytest.raises(kind):
        student.evaluate(source)
    assert student.echo(1) == 1


def test_what_a_call_prints_is_known(student: Student) -> None:
    student.execute("print('a'); print('b', file=sys.stderr); os.write(1, b'c\\n')")
    assert sorted(student.printed.split()) == ["a", "b", "c"]
    student.echo(1)
    assert student.printed == ""
    with pytest.raises(StudentRaised):
        student.execute("print('before'); 1 / 0")
    assert student.printed == "before\n"


def test_async_functions_are_awaited(student: Student) -> None:
    assert student.slowly(1) == 2
    assert student.apply(student["slowly"], 1) == 2


# ---------------------------------------------------------------- fresh processes


def test_a_fresh_process_has_its_own_state(student: Student) -> None:
    student.execute("globals().update(number=8); os.environ['MARK'] = '1'; open('mark', 'w').write('x')")
    with student.fresh() as other:
        assert other["number"] == 7
        assert other.evaluate("os.environ.get('MARK'), os.path.exists('mark')") == (None, False)
        assert other.evaluate("hash('a')") == student.evaluate("hash('a')")
    assert student.evaluate("os.path.exists('mark')") is True


def test_hash_seeds_differ_on_request(student: Student) -> None:
    with student.fresh(hash_seed=1) as other:
        assert other.evaluate("hash('a')") != student.evaluate("hash('a')")


# ---------------------------------------------------------------- time


@pytest.fixture(scope="module")
def hasty() -> Iterator[Student]:
    with launched(NOTEBOOK, Limits(call_s=1, total_s=500)) as kernel:
        kernel.run()
        yield Student(kernel)


@pytest.mark.parametrize("source", ["time.sleep(99)", "[0 for _ in count()]", "sum(count())"])
def test_a_call_has_one_time_limit_and_the_process_lives_on(hasty: Student, source: str) -> None:
    hasty.execute("globals().update(number=9)")
    started = time.monotonic()
    with pytest.raises(TimedOut, match=r"`evaluate` took longer than the 1 s"):
        hasty.evaluate(source)
    assert time.monotonic() - started < 2.5
    assert hasty["number"] == 9


def test_a_stubborn_call_costs_the_process(hasty: Student) -> None:
    stubborn = "while True:\n    try:\n        while True: time.sleep(0.01)\n    except BaseException: pass"
    with pytest.raises(TimedOut):
        hasty.execute(stubborn)
    assert hasty["number"] == 7


def test_calls_back_have_no_time_of_their_own(hasty: Student) -> None:
    started = time.monotonic()
    with pytest.raises(TimedOut):
        hasty.evaluate("[f(i) for i in count()]", f=lambda i: i)
    assert time.monotonic() - started < 3
    assert hasty.echo(1) == 1


def test_a_slow_function_of_the_grader_counts_too(hasty: Student) -> None:
    with pytest.raises(TimedOut):
        hasty.apply(lambda: time.sleep(2.5))
    assert hasty.echo(1) == 1


def test_the_total_time_ends_everything() -> None:
    with launched("import time", total_s=3) as kernel:
        kernel.run()
        student = Student(kernel)
        with pytest.raises(TimedOut):
            student.time.sleep(99)
        with pytest.raises(TimedOut, match="whole notebook"):
            student.time.sleep(0)
        with pytest.raises(TimedOut, match="whole notebook"), student.fresh() as other:
            other.time.sleep(0)


# ---------------------------------------------------------------- libraries

LIBRARIES = r"""
import numpy as np
import torch
from torch import nn
from sklearn.linear_model import LinearRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
import lightning

def echo(x):
    return x

def evaluate(source, **names):
    return eval(source, {**globals(), **names})

def fitted(X, y):
    return make_pipeline(StandardScaler(), LinearRegression()).fit(X, y)

class Rows(torch.utils.data.Dataset):
    def __init__(self, n):
        self.n = n
    def __len__(self):
        return self.n
    def __getitem__(self, i):
        if i >= self.n:
            raise IndexError(i)
        return torch.full((2,), float(i)), i

class Lit(lightning.LightningModule):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(2, 1)
    def training_step(self, batch, index):
        x, y = batch
        return ((self.layer(x) - y) ** 2).mean()
"""


@pytest.fixture(scope="module")
def torch_student() -> Iterator[Student]:
    with launched(LIBRARIES, Limits(cell_s=300, call_s=60, total_s=500)) as kernel:
        assert kernel.run().problems == []
        yield Student(kernel)


TORCH = {
    "float32": "f4",
    "float64": "f8",
    "float16": "f4",
    "bfloat16": "f4",
    "int64": "i8",
    "int32": "i4",
    "uint8": "u1",
    "bool": "?",
    "complex64": "c8",
}


@pytest.mark.slow
class TestTorch:
    @pytest.mark.parametrize("dtype", TORCH)
    def test_tensors_come_back_as_arrays(self, torch_student: Student, dtype: str) -> None:
        for shape in ("2, 3", "1", "0", "()"):
            got = torch_student.evaluate(f"torch.ones({shape}).to(torch.{dtype})")
            assert isinstance(got, Array)
            assert (got.library, got.dtype_name, got.requires_grad) == ("torch", f"torch.{dtype}", False)
            assert got.dtype == np.dtype(TORCH[dtype])
            assert (got == 1).all()

    @pytest.mark.parametrize(
        "source",
        [
            "torch.arange(6.).reshape(2, 3).T",
            "torch.arange(6.)[::2]",
            "torch.ones(1).expand(4)",
            "torch.tensor([1 + 2j]).conj()",
            "torch.tensor([1 + 2j]).conj().imag",
            "torch.tensor(3)",
            "torch.ones(2, requires_grad=True) * 2",
            "nn.Parameter(torch.ones(2))",
            "torch.ones(2).to_sparse().to_dense()",
        ],
    )
    def test_tensors_of_any_layout_come_back(self, torch_student: Student, source: str) -> None:
        got = torch_student.evaluate(source)
        assert isinstance(got, Array)
        assert got.requires_grad == ("requires" in source or "Parameter" in source)
        assert got.shape == torch_student.evaluate(f"tuple(({source}).shape)")

    def test_tensors_without_values_stay(self, torch_student: Student) -> None:
        for source in ("torch.ones(2).to_sparse()", "torch.ones(2, device='meta')"):
            assert isinstance(torch_student.evaluate(source), Handle)

    def test_arrays_arrive_as_tensors(self, torch_student: Student) -> None:
        about = "(type(x).__name__, str(x.dtype), tuple(x.shape), x.requires_grad, x.tolist())"
        value = np.arange(2, dtype="f4")
        got = torch_student.evaluate(about, x=Torch(value, requires_grad=True))
        assert got == ("Tensor", "torch.float32", (2,), True, [0, 1])
        assert torch_student.evaluate(about, x=Torch(np.int64(3))) == ("Tensor", "torch.int64", (), False, 3)
        assert torch_student.evaluate("x[0] + 1", x=[Torch(value[::-1])]).tolist() == [2, 1]
        assert torch_student.evaluate("x.is_leaf", x=Torch(value, requires_grad=True)) is True

    def test_a_pipeline_predicts(self, torch_student: Student) -> None:
        X = np.random.default_rng(0).normal(size=(30, 2))
        model = torch_student.fitted(X, X @ [1.0, 2.0])
        assert "sklearn.pipeline.Pipeline" in model.types
        assert np.allclose(model.predict(X), X @ [1.0, 2.0])
        assert np.allclose(model[0].get("mean_"), X.mean(0))
        assert isinstance(model.get("named_steps"), Handle | dict)

    def test_a_module_is_called_and_its_weights_come_back(self, torch_student: Student) -> None:
        model = torch_student.evaluate("nn.Sequential(nn.Linear(2, 3), nn.ReLU())")
        assert "torch.nn.modules.module.Module" in model.types
        out = model(Torch(np.ones((4, 2), "f4")))
        state = model.state_dict()
        assert list(state) == ["0.weight", "0.bias"]
        assert all(isinstance(value, Array) and value.library == "torch" for value in state.values())
        want = np.maximum(np.ones((4, 2)) @ np.asarray(state["0.weight"]).T + state["0.bias"], 0)
        assert np.allclose(out, want, atol=1e-6)
        assert out.requires_grad

    def test_data_sets_have_length_and_rows(self, torch_student: Student) -> None:
        rows = torch_student.Rows(5)
        assert len(rows) == 5
        x, i = rows[3]
        assert (np.asarray(x).tolist(), i) == ([3, 3], 3)
        loader = torch_student.evaluate("torch.utils.data.DataLoader(d, batch_size=2)", d=rows)
        assert len(loader) == 3
        batches = loader.first(9)
        assert [np.asarray(batch[1]).tolist() for batch in batches] == [[0, 1], [2, 3], [4]]

    def test_a_lightning_module_steps(self, torch_student: Student) -> None:
        model = torch_student.Lit()
        loss = model.training_step((Torch(np.zeros((2, 2), "f4")), Torch(np.zeros((2, 1), "f4"))), 0)
        assert isinstance(loss, Array)
        assert loss.shape == ()
        assert loss.requires_grad


TF = r"""
import os
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import numpy as np
import tensorflow as tf
import keras

def evaluate(source, **names):
    return eval(source, {**globals(), **names})
"""


@pytest.fixture(scope="module")
def tf_student() -> Iterator[Student]:
    with launched(TF, Limits(cell_s=300, call_s=60, total_s=500)) as kernel:
        assert kernel.run().problems == []
        yield Student(kernel)


@pytest.mark.slow
class TestTensorFlow:
    @pytest.mark.parametrize("dtype", ["float32", "float64", "float16", "bfloat16", "int64", "uint8", "bool"])
    def test_tensors_come_back_as_arrays(self, tf_student: Student, dtype: str) -> None:
        got = tf_student.evaluate(f"tf.cast(tf.ones((2, 3)), tf.{dtype})")
        assert isinstance(got, Array)
        assert (got.library, got.dtype_name, got.requires_grad) == ("tensorflow", dtype, False)
        assert (got == 1).all()

    @pytest.mark.parametrize("source", ["tf.Variable([1., 2.])", "keras.Variable([1., 2.])"])
    def test_variables_come_back_as_arrays(self, tf_student: Student, source: str) -> None:
        got = tf_student.evaluate(source)
        assert isinstance(got, Array)
        assert (got.library, got.requires_grad, got.tolist()) == ("tensorflow", True, [1, 2])

    def test_text_comes_back_as_bytes(self, tf_student: Student) -> None:
        assert tf_student.evaluate("tf.constant('a')") == b"a"
        assert tf_student.evaluate("tf.constant(['a', 'bc'])").tolist() == [b"a", b"bc"]

    @pytest.mark.parametrize(
        "source",
        [
            "tf.ragged.constant([[1], [2, 3]])",
            "tf.sparse.eye(2)",
            "keras.KerasTensor((2,))",
            "tf.TensorSpec((2,))",
        ],
    )
    def test_what_has_no_plain_values_stays(self, tf_student: Student, source: str) -> None:
        assert isinstance(tf_student.evaluate(source), Handle)

    def test_symbolic_tensors_stay(self, tf_student: Student) -> None:
        source = "(lambda seen: (tf.function(lambda x: (seen.append(x), x)[1])(tf.ones(2)), seen[0])[1])([])"
        assert isinstance(tf_student.evaluate(source), Handle)

    def test_arrays_arrive_as_tensors(self, tf_student: Student) -> None:
        about = "(isinstance(x, tf.Variable), x.dtype.name, tuple(x.shape), x.numpy().tolist())"
        value = np.arange(2, dtype="f4")
        assert tf_student.evaluate(about, x=TensorFlow(value)) == (False, "float32", (2,), [0, 1])
        assert tf_student.evaluate(about, x=TensorFlow(value, True)) == (True, "float32", (2,), [0, 1])

    def test_data_sets_are_iterated(self, tf_student: Student) -> None:
        data = tf_student.evaluate(
            "tf.data.Dataset.from_tensor_slices((np.arange(5), np.arange(5.))).batch(2)"
        )
        assert len(data) == 3
        assert [np.asarray(x).tolist() for x, _ in data.first(9)] == [[0, 1], [2, 3], [4]]

    def test_a_keras_model_fits_and_predicts(self, tf_student: Student) -> None:
        model = tf_student.evaluate("keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])")
        assert any(name.endswith(".Model") for name in model.types)
        model.compile(optimizer="sgd", loss="mse")
        X = np.ones((8, 2), "f4")
        history = model.fit(X, X[:, :1], epochs=2, verbose=0)
        assert isinstance(history, Handle)
        assert len(history.get("history")["loss"]) == 2
        assert model.predict(X, verbose=0).shape == (8, 1)
        assert [w.shape for w in model.get_weights()] == [(2, 1), (1,)]
        assert [np.shape(w) for w in model.get("trainable_variables")] == [(2, 1), (1,)]


def test_a_copy_of_the_process_that_runs_on_answers_nothing() -> None:
    source = "import os\ndef f(x):\n    os.fork()\n    return x\ndef g(x):\n    return x + 1"
    with launched(source) as kernel:
        kernel.run()
        student = Student(kernel)
        assert [student.f(1), student.g(1), student.f(3), student.g(3)] == [1, 2, 3, 4]

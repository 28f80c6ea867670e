"""A class: find the submissions, mark them side by side, lose nothing.

Each submission is marked in a process of its own, forked from a server in which the libraries are loaded,
and its result is a file. What is done is seen from the files, so a class that was killed goes on where it
stopped.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import multiprocessing
import multiprocessing.forkserver
import os
import re
import signal
import time
import traceback
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from autograder import __version__, sandbox, submission
from autograder.course import Course, Exercise
from autograder.errors import UsageError
from autograder.forkserver import ForkServer, Nursery, imports_of
from autograder.grading import Work, grade, not_marked
from autograder.result import Blame, ClassResult, SubmissionResult, Verdict, write_json

TRUSTED_GRACE_S = 60.0
"""What marking may take beyond the submission's own time, for references and comparisons."""

Progress = Callable[[SubmissionResult, bool], None]
"""Called after each submission with its result, and whether it was marked now (or found done)."""


@dataclass(frozen=True)
class Refusal:
    """A path that is no submission of this course, and why."""

    path: Path
    reason: str


@dataclass(frozen=True)
class Cohort:
    """What was found below the paths that were given.

    Attributes
    ----------
    ambiguous : tuple[Work, ...]
        Students with several notebooks for one exercise; none of them is marked.
    """

    works: tuple[Work, ...]
    ambiguous: tuple[tuple[Work, str], ...]
    refusals: tuple[Refusal, ...]


def find(course: Course, paths: Sequence[Path], root: Path, level: str = "auto") -> Cohort:
    """The submissions below `paths`: notebooks, folders of notebooks, or `<student>/<unit>/<notebook>.ipynb`.

    Raises
    ------
    UsageError
        When a path does not exist.
    """
    works: list[Work] = []
    refusals: list[Refusal] = []
    for path in paths:
        if not os.path.lexists(path):
            raise UsageError(f"{path} does not exist.")
        notebooks = list(_notebooks(path))
        if not notebooks:
            refusals.append(Refusal(path, "There is no notebook (.ipynb) in it."))
        for notebook in notebooks:
            try:
                exercise, student = _identify(course, notebook, path)
                works.append(Work(exercise, student, notebook, root, level))
            except UsageError as error:
                refusals.append(Refusal(notebook, str(error)))
    unique, ambiguous = _one_each(works)
    return Cohort(tuple(unique), tuple(ambiguous), tuple(refusals))


def mark(
    cohort: Cohort,
    *,
    jobs: int | None = None,
    again: bool = False,
    fork_server: bool = True,
    progress: Progress | None = None,
) -> ClassResult:
    """Mark all of a class that is not marked yet, and write `class.json` beside the results.

    Parameters
    ----------
    jobs : int | None
        Submissions at a time; by default as many as there are cores for the threads that each may use.
    again : bool
        Mark also what is marked and unchanged.
    fork_server : bool
        Take guests from a process that has loaded the libraries; marks are the same without.

    Raises
    ------
    SandboxUnavailable
        Before anything is marked, when the isolation asked for does not exist here.
    """
    started = time.monotonic()
    isolations = [sandbox.choose(level) for level in {work.level for work in cohort.works}]
    todo = [work for work in cohort.works if again or finished(work) is None]
    marked = {id(work) for work in todo}
    with contextlib.ExitStack() as stack:
        forking = fork_server and todo and all(i.level == sandbox.BUBBLEWRAP for i in isolations)
        nursery = None
        if forking:
            nursery = stack.enter_context(Nursery(isolations[0], [work.exercise for work in todo]))
        if todo:
            _start_marker(todo)
        pool = stack.enter_context(ThreadPoolExecutor(max_workers=jobs or _jobs(cohort.works)))

        def one(work: Work) -> SubmissionResult:
            result = None if id(work) in marked else finished(work)
            marked_now = result is None
            result = result or _in_own_process(work, nursery)
            if progress:
                progress(result, marked_now)
            return result

        done = list(pool.map(one, cohort.works))
    done += [_refused(work, reason, progress) for work, reason in cohort.ambiguous]
    done.sort(key=lambda result: (result.student, result.unit, result.exercise))
    return ClassResult(
        submissions=tuple(done),
        duration_s=round(time.monotonic() - started, 3),
        autograder_version=__version__,
    )


def finished(work: Work) -> SubmissionResult | None:
    """The result of an earlier marking, if nothing that decides the marks has changed since."""
    try:
        result = SubmissionResult.model_validate_json(work.folder.result.read_bytes())
    except (OSError, ValidationError, json.JSONDecodeError):
        return None
    return result if result.key == work.key and result.marked else None


def _refused(work: Work, reason: str, progress: Progress | None) -> SubmissionResult:
    result = not_marked(work, Verdict.NOT_RUN, Blame.COURSE, reason)
    write_json(work.folder.result, result)
    if progress:
        progress(result, True)
    return result


def _in_own_process(work: Work, nursery: Nursery | None) -> SubmissionResult:
    """Mark in a process that can be killed alone, and read what it wrote."""
    before = work.folder.result
    before.unlink(missing_ok=True)
    with nursery.lend(work.exercise) if nursery else contextlib.nullcontext() as forks:
        process = multiprocessing.get_context("forkserver").Process(
            target=_work, args=(work, forks), daemon=True
        )
        process.start()
        process.join(work.exercise.limits.total_s + TRUSTED_GRACE_S)
        late = process.is_alive()
        if late:
            process.kill()
            process.join()
    if late:
        return _lost(work, Verdict.GRADER_ERROR, Blame.COURSE, "The grader did not come to an end in time.")
    try:
        return SubmissionResult.model_validate_json(work.folder.result.read_bytes())
    except (OSError, ValidationError) as error:
        detail = f"The marking process ended with status {process.exitcode} and left no result ({error})."
        return _lost(work, Verdict.PLATFORM_ERROR, Blame.PLATFORM, detail)


def _lost(work: Work, verdict: Verdict, blame: Blame, detail: str) -> SubmissionResult:
    result = not_marked(work, verdict, blame, "", detail)
    write_json(work.folder.result, result)
    return result


def _work(work: Work, forks: ForkServer | None) -> None:
    """What runs in the marking process; it dies with the server that forked it, and so with us."""
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
    try:
        grade(work, forks)
    except Exception:  # noqa: BLE001 - a fault of ours costs this one submission, and no points
        _lost(work, Verdict.PLATFORM_ERROR, Blame.PLATFORM, traceback.format_exc()[-4000:])


def _start_marker(works: Sequence[Work]) -> None:
    """Start the server that marking processes are forked from, with what they will need loaded."""
    graders = {file for work in works for file in (work.exercise.reference, work.exercise.grader)}
    modules = [module for file in sorted(graders) for module in _modules(file)]
    own = ["__main__", "autograder.grading", "autograder.expect"]
    multiprocessing.get_context("forkserver").set_forkserver_preload(list(dict.fromkeys([*own, *modules])))
    before = {name: os.environ.get(name) for name in sandbox.THREAD_VARIABLES}
    os.environ.update(sandbox.thread_counts(1))
    try:
        multiprocessing.forkserver.ensure_running()
    finally:
        for name, value in before.items():
            os.environ.pop(name)
            if value is not None:
                os.environ[name] = value


def _modules(file: Path) -> Iterator[str]:
    """Modules that a file of the course imports, but for the course's own."""
    for statement in imports_of(file):
        module = statement.split()[1]
        if module.partition(".")[0] not in ("reference", "__future__"):
            yield module


def _jobs(works: Sequence[Work]) -> int:
    threads = max((work.exercise.limits.threads for work in works), default=1)
    return max(1, (os.cpu_count() or 1) // threads)


def _notebooks(path: Path) -> Iterator[Path]:
    """Notebooks at or below `path`, without following links to folders."""
    if not path.is_dir() or path.is_symlink():
        yield path
        return
    for folder, folders, files in os.walk(path):
        folders[:] = sorted(f for f in folders if f != ".ipynb_checkpoints")
        for name in sorted(files):
            if name.endswith(".ipynb"):
                yield Path(folder, name)


def _identify(course: Course, path: Path, given: Path) -> tuple[Exercise, str]:
    """Which exercise a notebook is, and whose.

    By its place `<student>/<unit>/<exercise>.ipynb`, else by its name `<student>_<exercise>.ipynb`, else by
    the exercise that its own metadata names.
    """
    if path.suffix != ".ipynb":
        raise UsageError("This is no notebook: its name does not end in .ipynb.")
    below = path.relative_to(given).parts
    owner, unit = path.absolute().parts[-3:-1] if len(path.absolute().parts) > 3 else ("", "")
    if len(below) > 2 or unit in course.units:
        return course.exercise(unit, path.stem), owner
    for exercise in sorted(course.exercises, key=lambda e: -len(e.name)):
        if (student := _named(path.stem, exercise)) is not None:
            return exercise, student or unit
    if claimed := submission.claimed_exercise(path):
        return course.exercise(*claimed.partition("/")[::2]), _student_name(path.stem) or unit
    known = ", ".join(exercise.id for exercise in course.exercises)
    raise UsageError(
        f"It is not clear which exercise this is. Name it <student>_<exercise>.ipynb or put it into "
        f"<student>/<unit>/. The course has {known}."
    )


def _named(stem: str, exercise: Exercise) -> str | None:
    """The student in a file's name, if the name says this exercise; "" if it says nothing else."""
    for name in (f"{exercise.unit}_{exercise.name}", exercise.name):
        if found := re.fullmatch(rf"(.*?){re.escape(name)}.*", stem, re.DOTALL):
            return _student_name(found[1])
    return None


def _student_name(text: str) -> str:
    return text.strip(" _-.")


def _one_each(works: Iterable[Work]) -> tuple[list[Work], list[tuple[Work, str]]]:
    """Works with one notebook for each student and exercise, and the others with the reason."""
    groups: dict[tuple[str, str], dict[Path, Work]] = defaultdict(dict)
    for work in works:
        groups[work.student, work.exercise.id][work.path.absolute()] = work
    unique: list[Work] = []
    ambiguous: list[tuple[Work, str]] = []
    for group in groups.values():
        first, *others = group.values()
        if not others:
            unique.append(first)
            continue
        paths = ", ".join(str(path) for path in group)
        reason = f"{len(group)} notebooks were handed in for this exercise, so none was marked: {paths}."
        ambiguous.append((first, f"{reason} Keep one."))
    return unique, ambiguous

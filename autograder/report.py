"""Reports from results alone: `feedback.html` for a student, `class.html` for the instructor.

    DIR/class.json, DIR/class.html
    DIR/<student>/<unit>/<exercise>/result.json, feedback.html

The figures come from `figures`, every sentence is in `templates/`. Each page is one file that loads
nothing. All that a template puts out passes `clean` and is escaped, so nothing in a notebook can
become markup, reorder the text around it, or make a page unreadable by its size.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape
from pydantic import ValidationError

from autograder import __version__, figures
from autograder.errors import UsageError
from autograder.figures import Key
from autograder.result import ClassResult, SubmissionResult, clean, write_json, write_text

RESULT, FEEDBACK, CLASS_JSON, CLASS_HTML = "result.json", "feedback.html", "class.json", "class.html"

_CODE = re.compile(r"`([^`\n]+)`")


def write_feedback(result: SubmissionResult, path: Path, *, course_title: str) -> None:
    """Write what a student reads about one exercise."""
    write_text(path, _render("feedback.html", result=result, course_title=course_title))


def write_class(
    result: ClassResult,
    path: Path,
    *,
    course_title: str,
    feedback_links: Mapping[tuple[str, str, str], str],
    unreadable: Sequence[tuple[str, str]] = (),
) -> None:
    """Write what the instructor reads about a class.

    Parameters
    ----------
    feedback_links
        (student, unit, exercise) to the path of that feedback, relative to the folder of `path`; a
        path as it is on disk, not a quoted URL.
    unreadable
        (file, reason) of results that could not be read.
    """
    table = figures.columns(result)
    script = _script()
    page = _render(
        "class.html",
        result=result,
        course_title=course_title,
        unreadable=unreadable,
        columns=table,
        rows=figures.rows(result, table),
        links={key: _url(link) for key, link in feedback_links.items()},
        matters=figures.matters(result),
        notes=figures.notes(result),
        everything=figures.histogram(result.submissions),
        histograms=[figures.histogram(figures.of_column(result, column)) for column in table],
        middle=figures.middle_share(result),
        objectives=figures.objectives(result),
        hardest=figures.hardest(result),
        times=figures.times(result, table),
        script=Markup(script),  # noqa: S704 - a file of ours
        script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
    )
    write_text(path, page)


def write_all(result: ClassResult, directory: Path, *, course_title: str) -> Path:
    """Write class.json, class.html and every feedback.html of a class that was marked into `directory`.

    A feedback lies beside its result.json; a submission without that file has a row but no feedback.
    Returns the path of class.html.
    """
    folders: dict[Key, Path] = {}
    for file in _result_files(directory):
        student, unit, exercise = map(clean, file.parent.relative_to(directory).parts)
        folders[str(student), str(unit), str(exercise)] = file.parent
    return _write_all(result, directory, folders, course_title=course_title)


def rebuild(directory: Path, *, course_title: str) -> Path:
    """The same from the results below `directory` alone; those that cannot be read are listed on the page.

    Raises
    ------
    UsageError
        When `directory` is no folder, or holds no result that can be read.
    """
    if not directory.is_dir():
        raise UsageError(f"{directory} is no folder. Name the folder that `autograder grade -o` wrote.")
    results: dict[Key, SubmissionResult] = {}
    folders: dict[Key, Path] = {}
    unreadable: list[tuple[str, str]] = []
    for file in _result_files(directory):
        where = str(file.relative_to(directory))
        try:
            result = SubmissionResult.model_validate_json(file.read_bytes())
        except (OSError, ValidationError) as error:
            unreadable.append((where, _reason(error)))
            continue
        if (key := figures.key(result)) in results:
            first = folders[key].relative_to(directory)
            unreadable.append((where, f"It says the same student and exercise as {first / RESULT}."))
            continue
        results[key], folders[key] = result, file.parent
    if not results:
        raise UsageError(_nothing_to_report(directory, unreadable))
    whole = _class_result(directory, tuple(results.values()))
    return _write_all(whole, directory, folders, course_title=course_title, unreadable=unreadable)


def _write_all(
    result: ClassResult,
    directory: Path,
    folders: Mapping[Key, Path],
    *,
    course_title: str,
    unreadable: Sequence[tuple[str, str]] = (),
) -> Path:
    links: dict[Key, str] = {}
    for submission in result.submissions:
        if folder := folders.get(key := figures.key(submission)):
            write_feedback(submission, folder / FEEDBACK, course_title=course_title)
            links[key] = str((folder / FEEDBACK).relative_to(directory))
    write_json(directory / CLASS_JSON, result)
    page = directory / CLASS_HTML
    write_class(result, page, course_title=course_title, feedback_links=links, unreadable=unreadable)
    return page


def _result_files(directory: Path) -> Iterator[Path]:
    """The only place that knows where results lie below a class's folder."""
    yield from sorted(directory.glob(f"*/*/*/{RESULT}"))


def _class_result(directory: Path, submissions: tuple[SubmissionResult, ...]) -> ClassResult:
    """The class; how long its marking took and who marked it come from class.json, if there is one."""
    try:
        before = json.loads((directory / CLASS_JSON).read_bytes())
        return ClassResult(
            submissions=submissions,
            duration_s=before["duration_s"],
            autograder_version=before["autograder_version"],
        )
    except (OSError, ValueError, LookupError, TypeError):
        return ClassResult(submissions=submissions, autograder_version=__version__)


def _reason(error: OSError | ValidationError) -> str:
    if isinstance(error, OSError):
        return f"It cannot be read: {error.strerror}."
    first = error.errors()[0]
    place = ".".join(map(str, first["loc"]))
    return f"It is no result of a submission: {place + ': ' if place else ''}{first['msg']}."


def _nothing_to_report(directory: Path, unreadable: Sequence[tuple[str, str]]) -> str:
    listed = "".join(f"\n  {file}: {reason}" for file, reason in unreadable[:5])
    if listed:
        return f"No result below {directory} can be read; mark the class again. What was found:{listed}"
    return (
        f"There is no result below {directory} (looked for <student>/<unit>/<exercise>/{RESULT}). "
        "Name the folder that `autograder grade -o` wrote."
    )


# text on its way into a page


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("autograder"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(short=_short, prose=_prose, points=_points, seconds=_seconds, words=_words)
    environment.tests.update(ours=figures.ours)
    environment.globals.update(share=figures.share)
    return environment


def _render(template: str, **values: object) -> str:
    return _environment().get_template(template).render(**values)


@cache
def _script() -> str:
    return (Path(__file__).parent / "templates" / "class.js").read_text("utf-8")


def _url(link: str) -> str:
    """A relative URL for a relative path; empty when no file can have that name."""
    try:
        return "./" + quote(link, errors="surrogateescape")
    except UnicodeEncodeError:
        return ""


def _finalize(value: object) -> object:
    """What Jinja does to every expression before it is escaped."""
    return value if isinstance(value, Markup) else clean(value)


def _short(text: str, most: int = 60) -> str:
    """At most about `most` characters: the beginning and the end, which says most in a traceback."""
    if len(text) <= most:
        return text
    end = most // 3
    return f"{text[: most - end]} … {text[-end:]}"


def _prose(text: str, most: int = 1500) -> Markup:
    """Escaped text in which `code` between backticks is set as code."""
    parts = _CODE.split(str(clean(_short(text.strip(), most))))
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if i % 2 else escape(part) for i, part in enumerate(parts)
    )


def _points(points: float | None) -> str:
    """Points without needless digits; what is not marked is never a zero."""
    return "not marked yet" if points is None else f"{points:.2f}".rstrip("0").rstrip(".")


def _seconds(seconds: float) -> str:
    """A duration as people say it."""
    if seconds < 10:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


def _words(name: str) -> str:
    """A unit's or exercise's name as words: `01_split_first` gives `Split first`."""
    text = re.sub(r"^(u\d+|\d+)_", "", name).replace("_", " ").strip()
    return text[:1].upper() + text[1:] if text else name

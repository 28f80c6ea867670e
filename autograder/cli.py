"""The command line: one command, one call.

Exit codes: 0 done; 1 done, and something fell short; 2 wrong usage or unreadable input; 3 some submissions
could not be marked (platform or course error), all others were.
"""

from __future__ import annotations

import json
import sys
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from autograder import __version__, cohort, doctor, report, validation, visible
from autograder import demo as demonstration
from autograder import release as releasing
from autograder.course import Course
from autograder.errors import AutograderError, CourseError, PlatformError
from autograder.result import Blame, ClassResult, SubmissionResult, Verdict

DONE, FELL_SHORT, UNREADABLE, NOT_ALL_MARKED = 0, 1, 2, 3

console = Console(width=None if sys.stdout.isatty() else 120)
problems = Console(stderr=True)

ISOLATION_HELP = (
    "auto and bubblewrap: a sandbox in which student code can read neither hidden tests nor other "
    "submissions. process: no sandbox at all; only for code that you trust."
)


class _Group(click.Group):
    """Turns our own errors into a message and the documented exit code."""

    def invoke(self, context: click.Context) -> object:
        try:
            return super().invoke(context)
        except AutograderError as error:
            problems.print(f"[bold red]autograder:[/] {escape(str(error))}", soft_wrap=True)
            sys.exit(NOT_ALL_MARKED if isinstance(error, CourseError | PlatformError) else UNREADABLE)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="autograder")
@click.option(
    "--course",
    "root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The course's folder; found from the working directory by default.",
)
@click.pass_context
def main(context: click.Context, root: Path | None) -> None:
    """Mark notebooks on machine learning and HPC.

    Exit codes: 0 done; 1 something marked fell short; 2 wrong usage or unreadable input; 3 some submissions
    could not be marked for a reason that is not the student's.
    """
    context.obj = root


UNPROTECTED = (
    "Student code runs without a sandbox (--isolation process): it can read the hidden tests and every file of "
    "yours, reach the network, and leave processes behind. Every result says so."
)


def _warn(isolation: str) -> None:
    if isolation == "process":
        problems.print(f"[bold yellow]warning:[/] {UNPROTECTED}", soft_wrap=True)


def _course(context: click.Context) -> Course:
    return Course.find(context.obj)


@main.command()
@click.argument("units", nargs=-1)
@click.option("--check", is_flag=True, help="Change nothing; exit with 1 when a release is out of step.")
@click.pass_context
def release(context: click.Context, units: tuple[str, ...], check: bool) -> None:
    """Make the students' notebooks in exercises/ from solutions/."""
    course = _course(context)
    exercises = course.select(units)
    if check:
        faults = releasing.out_of_step(course, exercises)
        for fault in faults:
            console.print(f"[red]✗[/] {escape(fault)}", soft_wrap=True)
        if faults:
            sys.exit(FELL_SHORT)
        console.print(f"{len(exercises)} released notebooks are in step with their solutions.")
        return
    for path in releasing.release(course, exercises):
        console.print(f"released {escape(str(path.relative_to(course.root)))}")


@main.command()
@click.argument("notebook", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
def check(notebook: Path, as_json: bool) -> None:
    """Run the visible checks of a notebook, as a student does before handing it in."""
    outcome = visible.check(notebook)
    if as_json:
        click.echo(outcome.model_dump_json(indent=2))
    else:
        visible_table(outcome)
    sys.exit(DONE if outcome.ok else FELL_SHORT)


def visible_table(outcome: visible.Outcome) -> None:
    """Print what holds and what does not."""
    for problem in outcome.problems:
        console.print(f"[yellow]![/] cell {problem.cell}: {escape(problem.message)}", soft_wrap=True)
    for item in outcome.checks:
        sign = "[green]✓[/]" if item.ok else "[red]✗[/]"
        console.print(f"{sign} [bold]{escape(item.question)}[/] {escape(item.message)}", soft_wrap=True)
    held = sum(item.ok for item in outcome.checks)
    console.print(
        f"{held} of {len(outcome.checks)} visible checks hold. Hidden checks look at more than these."
    )


@main.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help="Folder of the results.")
@click.option("-j", "--jobs", type=click.IntRange(1), help="Submissions at a time; all cores by default.")
@click.option(
    "--fork-server/--no-fork-server",
    default=True,
    help="Load libraries once and fork (default), or start each notebook from nothing. Marks are the same.",
)
@click.option("--resume/--again", default=True, help="Keep what is marked and unchanged, or mark all again.")
@click.option(
    "--isolation", default="auto", type=click.Choice(["auto", "bubblewrap", "process"]), help=ISOLATION_HELP
)
@click.option("--json", "as_json", is_flag=True, help="Print class.json instead of a table.")
@click.pass_context
def grade(
    context: click.Context,
    paths: tuple[Path, ...],
    output: Path,
    jobs: int | None,
    fork_server: bool,
    resume: bool,
    isolation: str,
    as_json: bool,
) -> None:
    """Mark notebooks, folders of notebooks, or nbgrader's submitted/<student>/<unit>/ tree."""
    _warn(isolation)
    course = _course(context)
    found = cohort.find(course, paths, output, isolation)
    with _bar(len(found.works) + len(found.ambiguous), quiet=as_json) as advance:
        result = cohort.mark(found, jobs=jobs, again=not resume, fork_server=fork_server, progress=advance)
    page = report.write_all(result, output, course_title=course.settings.title)
    if as_json:
        click.echo(result.model_dump_json(indent=2))
    else:
        _print_class(result)
        console.print(f"The report is {escape(str(page))}", soft_wrap=True)
    for refusal in found.refusals:
        what = escape(f"{_one_line(str(refusal.path))}: {refusal.reason}")
        problems.print(f"[red]not marked:[/] {what}", soft_wrap=True)
    sys.exit(exit_code(result, refused=bool(found.refusals or found.ambiguous)))


def exit_code(result: ClassResult, *, refused: bool) -> int:
    """The documented exit code for a class."""
    verdicts = {submission.verdict for submission in result.submissions}
    if verdicts & {Verdict.GRADER_ERROR, Verdict.PLATFORM_ERROR}:
        return NOT_ALL_MARKED
    if refused or Verdict.NOT_RUN in verdicts:
        return UNREADABLE
    return DONE


@main.command("report")
@click.argument("directory", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--open", "show", is_flag=True, help="Open the page in a browser.")
@click.pass_context
def report_command(context: click.Context, directory: Path, show: bool) -> None:
    """Write class.html and one feedback.html a submission, from results alone."""
    page = report.rebuild(directory, course_title=_course(context).settings.title)
    console.print(f"The report is {escape(str(page))}", soft_wrap=True)
    if show:
        webbrowser.open(page.resolve().as_uri())


@main.command()
@click.argument("units", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@click.pass_context
def validate(context: click.Context, units: tuple[str, ...], as_json: bool) -> None:
    """Prove that solutions get full marks, blank notebooks none, and that everything adds up."""
    course = _course(context)
    exercises = course.select(units)
    outcome = validation.validate(course, exercises)
    if as_json:
        click.echo(json.dumps(outcome.as_dict(), indent=2))
    else:
        for fault in outcome.faults:
            what = f"[bold]{escape(fault.exercise)}[/] {escape(fault.what)}"
            console.print(f"[red]✗[/] {what}", soft_wrap=True)
        console.print(f"{len(exercises)} exercises, {outcome.points:g} points, {len(outcome.faults)} faults.")
    sys.exit(FELL_SHORT if outcome.faults else DONE)


@main.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@click.pass_context
def doctor_command(context: click.Context, as_json: bool) -> None:
    """Say in plain words what this machine can do."""
    try:
        course: Course | None = _course(context)
    except AutograderError:
        course = None
    findings = doctor.examine(course)
    if as_json:
        click.echo(json.dumps([finding.__dict__ for finding in findings], indent=2))
        return
    for finding in findings:
        sign = {True: "[green]✓[/]", False: "[red]✗[/]", None: "[yellow]–[/]"}[finding.ok]
        console.print(f"{sign} [bold]{escape(finding.topic)}[/] {escape(finding.what)}", soft_wrap=True)
        if finding.mend:
            console.print(f"    {escape(finding.mend)}", soft_wrap=True)


@main.command()
@click.option(
    "-o", "--output", default=Path("build/demo"), type=click.Path(path_type=Path), help="Where to work."
)
@click.option("-j", "--jobs", type=click.IntRange(1), help="Submissions at a time; all cores by default.")
@click.option("--students", type=click.IntRange(1), help="Only the first so many students.")
@click.option(
    "--isolation", default="auto", type=click.Choice(["auto", "bubblewrap", "process"]), help=ISOLATION_HELP
)
@click.pass_context
def demo(
    context: click.Context, output: Path, jobs: int | None, students: int | None, isolation: str
) -> None:
    """Mark a small class for real: right, wrong, broken and hostile submissions."""
    _warn(isolation)
    course = _course(context)
    members = demonstration.members(course)[:students]
    found = demonstration.hand_in(course, members, output, isolation)
    with _bar(len(found.works), quiet=False) as advance:
        result = cohort.mark(found, jobs=jobs, progress=advance)
    page = report.write_all(result, output / "results", course_title=course.settings.title)
    surprises = demonstration.compare(members, result)
    _print_class(result)
    for surprise in surprises:
        console.print(f"[red]✗[/] {escape(surprise)}", soft_wrap=True)
    if not surprises:
        console.print(f"[green]✓[/] All {len(members)} submissions got exactly what they must get.")
    console.print(f"The report is {escape(str(page))}", soft_wrap=True)
    sys.exit(FELL_SHORT if surprises else DONE)


@contextmanager
def _bar(total: int, *, quiet: bool) -> Iterator[cohort.Progress]:
    """A progress bar on a terminal, plain lines elsewhere, nothing when quiet."""
    columns = (TextColumn("marking"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=quiet or not console.is_terminal, transient=True) as bar:
        task = bar.add_task("marking", total=total)

        def advance(result: SubmissionResult, now: bool) -> None:
            bar.advance(task)
            if not quiet and not console.is_terminal:
                how = "marked" if now else "unchanged"
                click.echo(
                    f"{how}: {_one_line(result.student)} {result.unit}/{result.exercise}: {result.verdict}"
                )

        yield advance


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _print_class(result: ClassResult) -> None:
    table = Table(box=None, pad_edge=False)
    table.add_column("student", overflow="fold")
    table.add_column("exercise", no_wrap=True)
    table.add_column("points", justify="right")
    for name in ("verdict", "blame"):
        table.add_column(name)
    table.add_column("s", justify="right")
    for s in result.submissions:
        points = "–" if s.points is None else f"{s.points:g}"
        colour = {Blame.NONE: "green", Blame.STUDENT: "yellow"}.get(s.blame, "red")
        table.add_row(
            escape(_one_line(s.student)),
            escape(f"{s.unit}/{s.exercise}"),
            f"{points} of {s.max_points:g}",
            f"[{colour}]{s.verdict}[/]",
            str(s.blame),
            f"{s.duration_s:.1f}",
        )
    console.print(table)
    verdicts = ", ".join(f"{n} {verdict}" for verdict, n in result.by_verdict.items())
    console.print(f"{len(result.submissions)} submissions in {result.duration_s:.1f} s: {verdicts}.")

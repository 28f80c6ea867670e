"""The reports: what students and instructors read, whatever the results contain."""

from __future__ import annotations

import json
import os
import time
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote_to_bytes, urlsplit

import pytest
from bs4 import BeautifulSoup, Tag
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder import figures, report
from autograder.errors import UsageError
from autograder.result import (
    Blame,
    CellProblem,
    CheckResult,
    ClassResult,
    QuestionResult,
    SubmissionResult,
    Verdict,
    VisibleCheck,
    total,
    worst,
    write_json,
)

NOT_MARKED_YET = "This could not be marked yet; it is not your doing and costs you nothing"


def check(name: str = "one_step", verdict: Verdict = Verdict.PASSED, **fields: object) -> CheckResult:
    course = verdict is Verdict.GRADER_ERROR
    platform = verdict is Verdict.PLATFORM_ERROR
    values: dict[str, object] = {
        "title": f"The property of {name} holds.",
        "points": 2 if verdict is Verdict.PASSED else None if course or platform else 0,
        "max_points": 2,
        "blame": Blame.COURSE
        if course
        else Blame.PLATFORM
        if platform
        else Blame.NONE
        if verdict is Verdict.PASSED
        else Blame.STUDENT,
        "message": "" if verdict is Verdict.PASSED else f"{name} broke.",
    }
    return CheckResult.model_validate({"name": name, "verdict": verdict, **values, **fields})


def question(name: str, *checks: CheckResult, objectives: tuple[str, ...] = ("O1.1",)) -> QuestionResult:
    verdict, blame = worst(checks)
    return QuestionResult(
        name=name,
        title=f"What {name} asks",
        points=total(c.points for c in checks),
        max_points=sum(c.max_points for c in checks),
        verdict=verdict,
        blame=blame,
        objectives=objectives,
        checks=checks,
    )


def submission(
    *questions: QuestionResult, student: str = "ann", exercise: str = "01_line", **fields: object
) -> SubmissionResult:
    verdict, blame = worst(questions)
    values: dict[str, object] = {
        "points": total(q.points for q in questions),
        "max_points": sum(q.max_points for q in questions),
        "verdict": verdict,
        "blame": blame,
        "isolation": "bubblewrap",
        "duration_s": 3.0,
        "questions": questions,
    }
    return SubmissionResult.model_validate(
        {"student": student, "unit": "u1_basics", "exercise": exercise, **values, **fields}
    )


def class_of(*submissions: SubmissionResult) -> ClassResult:
    return ClassResult(submissions=submissions, duration_s=9.0, autograder_version="1.0")


def feedback(result: SubmissionResult, folder: Path) -> BeautifulSoup:
    report.write_feedback(result, folder / "feedback.html", course_title="Course")
    return BeautifulSoup((folder / "feedback.html").read_text("utf-8"), "html.parser")


def class_page(
    result: ClassResult, folder: Path, links: dict[figures.Key, str] | None = None
) -> BeautifulSoup:
    report.write_class(result, folder / "class.html", course_title="Course", feedback_links=links or {})
    return BeautifulSoup((folder / "class.html").read_text("utf-8"), "html.parser")


def words(page: BeautifulSoup | Tag) -> str:
    return " ".join(page.get_text(" ").split())


def row(page: BeautifulSoup, number: int = 0) -> list[str]:
    body = page.select("#students tbody tr")[number]
    return [words(cell) for cell in body.find_all(["th", "td"])]


RIGHT = question("q1", check())
WRONG = question("q1", check(verdict=Verdict.FAILED))
BROKEN_GRADER = question("q1", check(verdict=Verdict.GRADER_ERROR, detail="File x\nKeyError: 'hidden'"))


# feedback


def test_feedback_says_what_held_and_what_broke(tmp_path: Path) -> None:
    mixed = question(
        "q1", check("slope"), check("offset", Verdict.FAILED, message="`b` is off.\nLook at `lr`.")
    )
    page = feedback(submission(mixed), tmp_path)
    assert "1 of 2 checks hold. What is left to mend is in q1." in words(page)
    assert "2 of 4 points" in words(page)
    assert [c.text for c in page.select(".what code")] == ["b"]
    assert words(page.select(".mend")[0]) == "To mend: Look at lr ."


def test_full_marks_are_said_in_one_sentence(tmp_path: Path) -> None:
    assert "Everything that was asked for holds." in words(feedback(submission(RIGHT), tmp_path))


@pytest.mark.parametrize("verdict", [Verdict.GRADER_ERROR, Verdict.PLATFORM_ERROR])
def test_errors_of_ours_are_never_a_zero_and_never_explained_to_students(
    tmp_path: Path, verdict: Verdict
) -> None:
    part = check(verdict=verdict, message="inner message", detail="reference/u1/test_line.py: secret")
    page = feedback(submission(question("q1", part), message="inner message", detail="secret"), tmp_path)
    assert NOT_MARKED_YET in words(page)
    assert words(page.select(".score")[0]) == "not marked yet"
    assert "0 of" not in words(page)
    assert "inner message" not in str(page)
    assert "secret" not in str(page)


def test_what_is_marked_beside_an_error_of_ours_is_shown(tmp_path: Path) -> None:
    page = feedback(submission(question("q2", check()), BROKEN_GRADER), tmp_path)
    assert "Part of this could not be marked yet" in words(page)
    assert "2 of 2" in words(page.select("#question-1")[0])


@pytest.mark.parametrize("verdict", [v for v in Verdict if v is not Verdict.PASSED])
def test_every_verdict_has_its_words_even_without_a_message(tmp_path: Path, verdict: Verdict) -> None:
    result = submission(question("q1", check(verdict=verdict, message="")))
    (why,) = feedback(result, tmp_path).select(".why")
    assert len(words(why)) > 20
    assert verdict.value.replace("_", " ") in words(class_page(class_of(result), tmp_path)) or (
        verdict is Verdict.TIMED_OUT
    )


def test_details_for_the_instructor_stay_out_of_feedback(tmp_path: Path) -> None:
    part = check(verdict=Verdict.FAILED, detail="ValueError: hidden 0.1234")
    assert "0.1234" not in str(feedback(submission(question("q1", part), detail="0.1234"), tmp_path))


def test_an_unreadable_notebook_is_explained(tmp_path: Path) -> None:
    result = submission(
        verdict="not_run", blame="student", points=0, max_points=5, message="The file is not JSON."
    )
    page = feedback(result, tmp_path)
    assert "There was nothing that could be marked" in words(page)
    assert "The file is not JSON." in words(page)


def test_cells_visible_checks_and_notes_are_told(tmp_path: Path) -> None:
    result = submission(
        RIGHT,
        visible=(
            VisibleCheck(question="q1", ok=True),
            VisibleCheck(question="q1", ok=False, message="too short"),
        ),
        problems=(CellProblem(cell=4, name="q1", verdict=Verdict.FAILED, message="NameError: x"),),
        notes=("The locked cell `q1_points` was put back.",),
    )
    text = words(feedback(result, tmp_path))
    assert "Cell 4 ( q1 ) stopped with an error NameError: x" in text
    assert "1 of 2 failed. too short" in text
    assert "About your file The locked cell q1_points was put back." in text


# the class


def test_the_table_has_each_student_with_each_question(tmp_path: Path) -> None:
    two = question("q2", check("a"), check("b", Verdict.FAILED))
    page = class_page(class_of(submission(RIGHT, two), submission(WRONG, two, student="Bo")), tmp_path)
    assert row(page, 0) == ["ann", "4 / 6", "failed 4", "2", "2"]
    assert row(page, 1) == ["Bo", "2 / 6", "failed 2", "0", "2"]


def test_what_is_not_marked_is_no_zero_in_the_class(tmp_path: Path) -> None:
    other = submission(RIGHT, exercise="02_loss")
    page = class_page(class_of(submission(BROKEN_GRADER), other), tmp_path)
    assert "2 + ? (a part is not marked yet) / 4" in row(page)[1]
    assert "? not marked yet" in row(page)[2]
    assert page.select("#students tbody td")[1]["data-value"] == "-1"
    assert "1 submission not marked yet is left out" in words(page)


def test_errors_of_the_course_are_said_once_with_their_detail(tmp_path: Path) -> None:
    page = class_page(class_of(*(submission(BROKEN_GRADER, student=f"s{i}") for i in range(30))), tmp_path)
    (matter,) = page.select("article.matter")
    assert "grader error" in words(matter)
    assert "30 submissions" in words(matter)
    assert "KeyError: 'hidden'" in words(matter.pre or matter)


def test_different_errors_stay_apart(tmp_path: Path) -> None:
    other = question("q1", check(verdict=Verdict.GRADER_ERROR, detail="ZeroDivisionError: division by zero"))
    found = figures.matters(class_of(submission(BROKEN_GRADER), submission(other, student="bo")))
    assert [matter.reason for matter in found] == [
        "KeyError: 'hidden'",
        "ZeroDivisionError: division by zero",
    ]


def test_one_unreadable_notebook_is_one_matter() -> None:
    lost = QuestionResult(name="q1", points=0, max_points=1, verdict=Verdict.NOT_RUN, blame=Blame.STUDENT)
    parts = [lost, lost.model_copy(update={"name": "q2"})]
    result = submission(*parts, message="Not JSON.")
    (matter,) = figures.matters(class_of(result))
    assert (matter.message, matter.places, matter.submissions) == ("Not JSON.", (), (result,))


def test_submissions_without_a_sandbox_are_shouted_about(tmp_path: Path) -> None:
    assert "Not isolated" in words(class_page(class_of(submission(RIGHT, isolation="process")), tmp_path))
    assert "Not isolated" not in words(class_page(class_of(submission(RIGHT)), tmp_path))


def test_an_objective_is_held_when_every_check_of_all_its_questions_passed() -> None:
    result = class_of(
        submission(RIGHT, student="all"),
        submission(
            RIGHT, submission_question := question("q2", check(verdict=Verdict.FAILED)), student="half"
        ),
        submission(submission_question, student="none"),
        submission(RIGHT, BROKEN_GRADER.model_copy(update={"name": "q2"}), student="unknown"),
    )
    assert figures.objectives(result) == (figures.Objective("O1.1", held=1, students=3, left_out=1),)


def test_hardest_checks_leave_out_errors_of_ours() -> None:
    hard = question("q1", check("easy"), check("hard", Verdict.TIMED_OUT))
    found = figures.hardest(class_of(submission(hard), submission(BROKEN_GRADER, student="bo")))
    assert [(c.name, c.missed, c.judged, c.verdicts) for c in found] == [
        ("hard", 1, 1, {Verdict.TIMED_OUT: 1})
    ]


def test_full_marks_have_a_bin_of_their_own() -> None:
    marks = [(0, 2), (1.99, 2), (2, 2), (0.6, 2), (None, 2)]
    histogram = figures.histogram(submission(RIGHT, points=p, max_points=m) for p, m in marks)
    assert histogram.bins == (1, 0, 0, 1, 0, 0, 0, 0, 0, 1, 1)
    assert (histogram.count, histogram.left_out) == (4, 1)


def test_names_are_sorted_as_people_do() -> None:
    assert sorted(["u10", "Zoe", "u9", "Émile", "Fay", "9" * 5000], key=figures.natural)[1:] == [
        "Émile",
        "Fay",
        "u9",
        "u10",
        "Zoe",
    ]


def test_an_empty_class_and_a_class_of_one(tmp_path: Path) -> None:
    assert "There is no submission in this class yet." in words(class_page(class_of(), tmp_path))
    assert "1 submission of 1 student for 1 exercise. All are marked." in words(
        class_page(class_of(submission(RIGHT)), tmp_path)
    )


def test_a_question_worth_nothing_and_a_submission_without_questions_do_no_harm(tmp_path: Path) -> None:
    nothing = question("q1", check(points=0, max_points=0))
    class_page(class_of(submission(nothing), submission(student="bo", points=None, max_points=0)), tmp_path)
    feedback(submission(nothing), tmp_path)


def test_three_hundred_submissions_take_seconds(tmp_path: Path) -> None:
    parts = [question(f"q{i}", check("a"), check("b", Verdict.FAILED), check("c")) for i in range(4)]
    many = class_of(*(submission(*parts, student=f"s{i}", exercise=f"{i % 3}_x") for i in range(300)))
    started = time.perf_counter()
    class_page(many, tmp_path)
    assert time.perf_counter() - started < 10


# hostile content

HOSTILE = [
    "<script>alert(1)</script>",
    "</title></style></script><img src=x onerror=alert(1)>",
    "\" onmouseover=alert(1) x='",
    "`<b>bold</b>`",
    "</code></pre></td></table></main>",
    "{{ 7 * 7 }}{% raw %}",
    "&lt;b&gt; &#60;",
    "javascript:alert(1)",
    "\x00\x07\x1b[31mred\x1b[0m\r\n",
    "\u202egnp.exe\u2066",
    "\ud800 lone \udfff",
    "x" * 100_000,
    "` " * 50_000,
    "\n" * 10_000,
    "",
]


class Skeleton(HTMLParser):
    """Tags and attribute names of a page, without what text may legally add."""

    LEGAL = ("code",)

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, tuple[str, ...]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.LEGAL:
            self.tags.append((tag, tuple(name for name, _ in attrs)))


def anywhere(text: str) -> SubmissionResult:
    """A result with `text` wherever a student or a course may have put it."""
    part = check(text, Verdict.FAILED, title=f"t{text}", message=f"m\nn {text}", detail=f"d{text}")
    bad = check(f"g{text}", Verdict.GRADER_ERROR, message=f"m{text}", detail=f"d{text}")
    return submission(
        question(f"q{text}", part, objectives=(f"O{text}",)),
        question(f"r{text}", bad),
        student=f"s{text}",
        exercise=f"e{text}",
        message=f"m{text}",
        isolation=f"i{text}",
        visible=(VisibleCheck(question=f"q{text}", ok=False, message=f"v{text}"),),
        problems=(CellProblem(cell=1, name=f"c{text}", verdict=Verdict.CRASHED, message=f"p{text}"),),
        notes=(f"n{text}",),
    )


def pages(text: str, folder: Path) -> list[str]:
    result = anywhere(text)
    files = [folder / "feedback.html", folder / "class.html"]
    report.write_feedback(result, files[0], course_title=text)
    links = {figures.key(result): f"{text}/feedback.html"}
    report.write_class(
        class_of(result), files[1], course_title=text, feedback_links=links, unreadable=[(text, text)]
    )
    return [file.read_bytes().decode("utf-8") for file in files]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_no_text_becomes_markup(tmp_path: Path, text: str) -> None:
    linked = text if "\ud800" not in text else ""
    plain = pages("harmless", tmp_path)
    for got, want in zip(pages(text, tmp_path), plain, strict=True):
        assert [t for t in Skeleton(got).tags if t[0] != "a"] == [
            t for t in Skeleton(want).tags if t[0] != "a"
        ]
        if linked:
            assert Skeleton(got).tags == Skeleton(want).tags
        assert "\u202e" not in got
        assert not any(ord(c) < 32 and c not in "\n\t" for c in got)
        assert len(got) < 200_000


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(codec=None), max_size=40))
def test_no_text_at_all_becomes_markup(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.mktemp("any")
    (got, _), (want, _) = pages(text, folder), pages("harmless", folder)
    assert Skeleton(got).tags == Skeleton(want).tags


def test_pages_load_nothing_and_run_only_our_script(tmp_path: Path) -> None:
    for text in pages("x", tmp_path):
        page = BeautifulSoup(text, "html.parser")
        assert not page.select("link, img, iframe, object, script[src]")
        assert not [v for tag in page.select("[href]") for v in [str(tag["href"])] if v[0] not in ".#"]
        policy = str(page.select("meta[http-equiv]")[0]["content"])
        assert policy.startswith("default-src 'none'")
        assert ("script-src 'sha256-" in policy) == bool(page.select("script"))


def test_pages_name_their_language_and_have_one_main_heading(tmp_path: Path) -> None:
    for text in pages("x", tmp_path):
        page = BeautifulSoup(text, "html.parser")
        assert page.select("html[lang=en]")
        assert len(page.select("h1")) == 1
        assert all(th.get("scope") or not words(th) for th in page.select("th"))
        assert all(page.select(f"#{tag['aria-labelledby']}") for tag in page.select("[aria-labelledby]"))


# from results alone

NAMES: list[str | bytes] = [
    "Ann Smith",
    "100% #1? &amp; <b>",
    "\"quoted\" 'names'",
    "line\nbreak",
    "李小龙",
    "a:b;c@d",
    "..%2f..",
    "back\\slash",
    b"latin-\xe9",
]


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_links_lead_to_the_feedback_whatever_the_student_is_called(tmp_path: Path, name: str | bytes) -> None:
    folder = tmp_path / os.fsdecode(name)
    write_json(folder / "u1_basics" / "01_line" / "result.json", submission(RIGHT, student=os.fsdecode(name)))
    page = report.rebuild(tmp_path, course_title="Course")
    links = BeautifulSoup(page.read_text("utf-8"), "html.parser").select("#students td a")
    assert len(links) == 2
    for link in links:
        url = urlsplit(str(link["href"]))
        assert (url.scheme, url.netloc, url.query) == ("", "", "")
        target = tmp_path / os.fsdecode(unquote_to_bytes(url.path))
        assert target.samefile(folder / "u1_basics" / "01_line" / "feedback.html")


def test_a_marked_class_is_written_whole(tmp_path: Path) -> None:
    odd = "a\u202eb"
    result = class_of(submission(RIGHT), submission(WRONG, student=odd))
    write_json(tmp_path / "ann" / "u1_basics" / "01_line" / "result.json", result.submissions[0])
    write_json(tmp_path / odd / "u1_basics" / "01_line" / "result.json", result.submissions[1])
    page = report.write_all(result, tmp_path, course_title="Course")
    assert json.loads((tmp_path / "class.json").read_text())["by_verdict"] == {"failed": 1, "passed": 1}
    assert len(list(tmp_path.glob("*/*/*/feedback.html"))) == 2
    before = page.read_bytes()
    assert report.rebuild(tmp_path, course_title="Course").read_bytes() == before


def test_two_notebooks_of_one_student_are_no_error_of_the_course(tmp_path: Path) -> None:
    twice = submission(
        verdict=Verdict.NOT_RUN, blame=Blame.COURSE, points=None, max_points=2, message="Two notebooks."
    )
    page = class_page(class_of(twice), tmp_path)
    assert "Errors of the course" not in words(page)
    assert "Two notebooks." in words(page.select("article.matter")[0])


def test_rebuilding_writes_every_page_and_keeps_the_time_of_the_marking(tmp_path: Path) -> None:
    for student in ("ann", "bo"):
        path = tmp_path / student / "u1_basics" / "01_line" / "result.json"
        write_json(path, submission(RIGHT, student=student))
    write_json(tmp_path / "class.json", class_of())
    assert report.rebuild(tmp_path, course_title="Course") == tmp_path / "class.html"
    assert len(list(tmp_path.glob("*/*/*/feedback.html"))) == 2
    written = json.loads((tmp_path / "class.json").read_text())
    assert (len(written["submissions"]), written["duration_s"]) == (2, 9.0)
    first = (tmp_path / "class.html").read_bytes()
    report.rebuild(tmp_path, course_title="Course")
    assert (tmp_path / "class.html").read_bytes() == first


@pytest.mark.parametrize("content", [b"", b'{"student": "to', b"[]", b'{"a": 1}', b"\xff\xfe"])
def test_a_torn_or_foreign_result_is_listed_and_the_others_are_reported(
    tmp_path: Path, content: bytes
) -> None:
    write_json(tmp_path / "ann" / "u1_basics" / "01_line" / "result.json", submission(RIGHT))
    torn = tmp_path / "bo" / "u1_basics" / "01_line" / "result.json"
    torn.parent.mkdir(parents=True)
    torn.write_bytes(content)
    page = BeautifulSoup(report.rebuild(tmp_path, course_title="C").read_text("utf-8"), "html.parser")
    assert "bo/u1_basics/01_line/result.json" in words(page.select("section[aria-labelledby=needs]")[0])
    assert row(page)[0] == "ann"


def test_two_results_of_one_submission_are_not_counted_twice(tmp_path: Path) -> None:
    for folder in ("ann", "copy"):
        write_json(tmp_path / folder / "u1_basics" / "01_line" / "result.json", submission(RIGHT))
    page = BeautifulSoup(report.rebuild(tmp_path, course_title="C").read_text("utf-8"), "html.parser")
    assert "same student and exercise as ann/" in words(page)
    assert len(page.select("#students tbody tr")) == 1


def test_nothing_to_report_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is no folder"):
        report.rebuild(tmp_path / "missing", course_title="C")
    with pytest.raises(UsageError, match="There is no result below"):
        report.rebuild(tmp_path, course_title="C")
    torn = tmp_path / "bo" / "u1" / "01" / "result.json"
    torn.parent.mkdir(parents=True)
    torn.write_text("{")
    with pytest.raises(UsageError, match=r"bo/u1/01/result\.json"):
        report.rebuild(tmp_path, course_title="C")

"""Results: what they count, and their way to JSON and back."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from pydantic import ValidationError

from autograder import schema
from autograder.result import (
    SEVERITY,
    Blame,
    CheckResult,
    ClassResult,
    QuestionResult,
    SubmissionResult,
    Verdict,
    total,
    worst,
    write_json,
    write_text,
)

PUBLISHED = Path(__file__).parent.parent / "docs" / "schemas"


def check(
    verdict: Verdict = Verdict.PASSED, blame: Blame = Blame.NONE, points: float | None = 2
) -> CheckResult:
    return CheckResult(
        name="one_step", title="t", points=points, max_points=2, verdict=verdict, blame=blame, message=""
    )


def submission(student: str = "ann", points: float | None = 2) -> SubmissionResult:
    question = QuestionResult(
        name="q1",
        points=points,
        max_points=2,
        verdict=Verdict.PASSED,
        blame=Blame.NONE,
        objectives=("O1.1",),
        checks=(check(points=points),),
    )
    return SubmissionResult(
        student=student,
        unit="u1",
        exercise="01_line",
        points=points,
        max_points=2,
        verdict=Verdict.PASSED,
        blame=Blame.NONE,
        isolation="bubblewrap",
        duration_s=1.5,
        questions=(question,),
    )


def test_the_most_severe_part_decides_and_brings_its_blame() -> None:
    failed, broken = check(Verdict.FAILED, Blame.STUDENT), check(Verdict.GRADER_ERROR, Blame.COURSE)
    assert worst([check(), failed]) == (Verdict.FAILED, Blame.STUDENT)
    assert worst([failed, broken, check()]) == (Verdict.GRADER_ERROR, Blame.COURSE)
    assert set(SEVERITY) == set(Verdict)


def test_a_whole_without_parts_is_not_passed() -> None:
    assert worst(list[CheckResult]()) == (Verdict.NOT_RUN, Blame.COURSE)


def test_a_sum_with_an_unknown_part_is_unknown() -> None:
    assert total([1, 2.5]) == 3.5
    assert total([1, None]) is None
    assert total([]) == 0


def test_unmarked_points_stay_unmarked_through_json(tmp_path: Path) -> None:
    before = submission(points=None)
    write_json(tmp_path / "result.json", before)
    after = SubmissionResult.model_validate_json((tmp_path / "result.json").read_bytes())
    assert after == before
    assert not after.marked


def test_a_class_comes_back_from_json_with_its_counts(tmp_path: Path) -> None:
    before = ClassResult(submissions=(submission(), submission("bo")))
    write_json(tmp_path / "class.json", before)
    text = (tmp_path / "class.json").read_text()
    assert json.loads(text)["by_verdict"] == {"passed": 2}
    assert ClassResult.model_validate_json(text) == before


@pytest.mark.parametrize("points", [-1, float("nan"), "many"])
def test_impossible_points_are_refused(points: object) -> None:
    with pytest.raises(ValidationError):
        CheckResult.model_validate({**check().model_dump(), "points": points})


def test_unknown_fields_are_refused_and_results_do_not_change() -> None:
    with pytest.raises(ValidationError, match="extra"):
        CheckResult.model_validate({**check().model_dump(), "bonus": 1})
    with pytest.raises(ValidationError, match="frozen"):
        setattr(check(), "points", 5)  # noqa: B010


@pytest.mark.parametrize("name", ["\ud800", "a\x00b", "\u202egnp", "x" * 100_000, "李 \"'\n"])
def test_any_text_can_be_written(tmp_path: Path, name: str) -> None:
    write_json(tmp_path / "result.json", submission(name))
    read = SubmissionResult.model_validate_json((tmp_path / "result.json").read_bytes())
    assert read == submission(name)


def test_a_failing_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "result.json"
    write_text(path, "old")

    def full(*_: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError, match="No space"):
        write_text(path, "new")
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_files_can_be_read_by_others(tmp_path: Path) -> None:
    write_text(tmp_path / "deep" / "class.html", "x")
    assert (tmp_path / "deep" / "class.html").stat().st_mode & 0o777 == 0o644


# the published schemas


def test_the_published_schemas_are_in_step(tmp_path: Path) -> None:
    for path in schema.write_schemas(tmp_path):
        assert (PUBLISHED / path.name).read_text() == path.read_text(), (
            "run: python -m autograder.schema docs/schemas"
        )


@pytest.mark.parametrize("points", [2, None])
def test_what_is_written_fits_its_schema(tmp_path: Path, points: float | None) -> None:
    records = {
        "result.schema.json": submission(points=points),
        "class.schema.json": ClassResult(submissions=(submission(points=points),)),
    }
    for name, record in records.items():
        validator = _validator(name)
        write_json(tmp_path / name, record)
        validator.validate(json.loads((tmp_path / name).read_text()))


@pytest.mark.parametrize("change", [{"verdict": "fine"}, {"points": -1}, {"student": None}, {"bonus": 1}])
def test_the_schema_refuses_what_is_no_result(change: dict[str, object]) -> None:
    good = json.loads(submission().model_dump_json())
    assert _validator("result.schema.json").is_valid(good)
    assert not _validator("result.schema.json").is_valid({**good, **change})


def _validator(name: str) -> Draft202012Validator:
    content = json.loads((PUBLISHED / name).read_text())
    Draft202012Validator.check_schema(content)
    assert content["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    return Draft202012Validator(content)

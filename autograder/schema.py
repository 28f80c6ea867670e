"""The published JSON schemas of `result.json` and `class.json`, made from the models themselves.

python -m autograder.schema docs/schemas      writes them
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema

from autograder.result import ClassResult, SubmissionResult, write_text

SCHEMAS: dict[str, type[BaseModel]] = {
    "result.schema.json": SubmissionResult,
    "class.schema.json": ClassResult,
}


def write_schemas(folder: Path) -> list[Path]:
    """Write one schema for each kind of result file into `folder`; the paths written.

    They describe files as the autograder writes them: every field is there, and no other one.
    """
    paths = []
    for name, model in SCHEMAS.items():
        schema = {
            "$schema": GenerateJsonSchema.schema_dialect,
            **model.model_json_schema(mode="serialization"),
        }
        write_text(folder / name, json.dumps(schema, indent=2) + "\n")
        paths.append(folder / name)
    return paths


if __name__ == "__main__":
    write_schemas(Path(sys.argv[1]))

"""The published schema of the evidence record, checked by an implementation that is not ours."""

from __future__ import annotations

import json
from typing import Any

import pytest
from conftest import TESTS
from jsonschema import Draft202012Validator

SCHEMAS = TESTS.parent / "core" / "schemas"


def load(name: str) -> Any:
    return json.loads((SCHEMAS / name).read_text(encoding="utf-8"))


SCHEMA = load("evidence-record.schema.json")
VALIDATOR = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_the_example_is_valid() -> None:
    assert [
        error.message for error in VALIDATOR.iter_errors(load("evidence-record.example.json"))
    ] == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["outcome"], "stable"),
        (["schemaVersion"], 2),
        (["images", 0, "digest"], "sha256:0"),
        (["images", 0, "reference"], "my/app:latest"),
        (["taskDefinition", "arn"], "app"),
        (["failures", 0, "count"], 0),
        (["proof", "verdict"], "fine"),
    ],
)
def test_what_is_no_record_is_refused(path: list[str | int], value: Any) -> None:
    record = load("evidence-record.example.json")
    at = record
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value
    assert not VALIDATOR.is_valid(record)

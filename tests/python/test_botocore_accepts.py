"""What a render gives is accepted by the public AWS service model's own validator."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import botocore.session
import pytest
from botocore.validate import ParamValidator

ROOT = Path(__file__).resolve().parents[2]
VECTORS = json.loads((ROOT / "tests" / "vectors" / "task_definition.json").read_text("utf-8"))
RENDERED = [case for case in VECTORS["cases"] if case["operation"] == "render" and "output" in case]
REGISTRATION = (
    botocore.session.get_session()
    .get_service_model("ecs")
    .operation_model("RegisterTaskDefinition")
    .input_shape
)


def without_nulls(value: Any) -> Any:
    """Over the wire a null is an absent member; botocore's own types have no null."""
    if isinstance(value, dict):
        return {name: without_nulls(one) for name, one in value.items() if one is not None}
    if isinstance(value, list):
        return [without_nulls(one) for one in value]
    return value


def problems(document: object) -> set[str]:
    """What botocore has against a document, one line each."""
    report = ParamValidator().validate(without_nulls(document), REGISTRATION).generate_report()
    return set(report.splitlines())


def given(line: str, case: dict[str, Any]) -> bool:
    """Whether botocore refuses a member that it does not know and that the input itself names."""
    unknown = re.match(r'Unknown parameter in .*: "(\w+)", must be one of', line)
    return unknown is not None and f'"{unknown[1]}"' in json.dumps(case["input"])


def test_there_is_something_to_validate() -> None:
    assert len(RENDERED) >= 15


@pytest.mark.parametrize("case", RENDERED, ids=lambda case: case["name"])
def test_a_render_adds_nothing_that_botocore_refuses(case: dict[str, Any]) -> None:
    """Members that no SDK knows survive a render; botocore refuses them, and nothing else."""
    found = problems(case["output"]["taskDefinition"])
    assert not {line for line in found if not given(line, case)}


def test_most_renders_are_accepted_without_reservation() -> None:
    accepted = [case for case in RENDERED if not problems(case["output"]["taskDefinition"])]
    assert len(accepted) >= len(RENDERED) * 3 // 4

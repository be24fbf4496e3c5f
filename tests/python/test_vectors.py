"""Runs the JSON vectors that all three languages share.

A topic or operation without a mapping fails, so that this language can leave none out unseen.
"""

from __future__ import annotations

import importlib
import json
from pathlib import Path
from typing import Any

import pytest
from artifact_deploy import ArtifactDeployError
from conftest import TESTS

FILES = sorted((TESTS / "vectors").glob("*.json"))


def cases() -> list[Any]:
    found = []
    for file in FILES:
        vectors = json.loads(file.read_text(encoding="utf-8"))
        for case in vectors["cases"]:
            name = f"{file.stem}: {case['operation']}: {case['name']}"
            found.append(pytest.param(file, case, id=name))
    return found


@pytest.mark.parametrize(("file", "case"), cases())
def test_vector(file: Path, case: dict[str, Any]) -> None:
    operations = importlib.import_module(f"operations.{file.stem}").OPERATIONS
    assert case["operation"] in operations, f"no operation {case['operation']} in this language"
    operation = operations[case["operation"]]
    if "error" in case:
        with pytest.raises(ArtifactDeployError) as caught:
            operation(case["input"])
        assert caught.value.code == case["error"]["code"], caught.value
        for part in case["error"].get("message", []):
            assert part in str(caught.value)
    else:
        # As text, in which 1, 1.0 and true are three things.
        assert text(operation(case["input"])) == text(case["output"])


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_operation_that_a_topic_names_has_a_case_and_a_mapping(file: Path) -> None:
    vectors = json.loads(file.read_text(encoding="utf-8"))
    operations = importlib.import_module(f"operations.{file.stem}").OPERATIONS
    assert set(operations) == set(vectors["operations"])
    assert {case["operation"] for case in vectors["cases"]} == set(operations)


def text(value: Any) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False)

"""What the README of the package shows is there, and type checkers accept it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import artifact_deploy
from conftest import TESTS

README = (TESTS.parent / "bindings-python" / "README.md").read_text(encoding="utf-8")
# What the examples take as given.
PREAMBLE = """
import os

import artifact_deploy as ad

rendered: ad.RenderedTaskDefinition
built: ad.BuiltImage
version: ad.Version
"""


def test_every_name_is_public() -> None:
    named = set(re.findall(r"\bad\.(\w+)", README))
    named |= set(re.findall(r"`([A-Za-z_]\w*)[.(]", README))
    assert named
    assert named <= set(artifact_deploy.__all__)


def test_every_example_is_accepted_by_type_checkers(tmp_path: Path) -> None:
    examples = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    assert len(examples) >= 4
    bodies = []
    for number, example in enumerate(examples):
        lines = [f"    {line}" for line in example.splitlines() if not line.startswith("import")]
        free = "template: str, version: ad.Version" if number else "template: str"
        bodies.append(f"async def example_{number}({free}) -> None:\n" + "\n".join(lines))
    sample = tmp_path / "sample.py"
    sample.write_text(PREAMBLE + "\n\n\n".join(bodies) + "\n")
    command = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", str(sample)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.stdout == "", done.stdout

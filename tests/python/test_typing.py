"""Type checkers accept the documented use, reject misuse, and see what is there at run time."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest
from conftest import TESTS

SAMPLES = TESTS / "python" / "typing"
PACKAGE = TESTS.parent / "bindings-python"


def mypy(*arguments: str, folder: Path) -> str:
    """What mypy says, in a folder where it finds the installed package alone."""
    command = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert not done.stderr, done.stderr
    return done.stdout


def test_the_documented_use_is_accepted(tmp_path: Path) -> None:
    assert mypy(str(SAMPLES / "accept.py"), folder=tmp_path) == ""


def test_each_misuse_is_rejected_and_nothing_else(tmp_path: Path) -> None:
    sample = SAMPLES / "reject.py"
    lines = enumerate(sample.read_text().splitlines(), start=1)
    wanted = {(number, line.split("# E: ")[1]) for number, line in lines if "# E: " in line}
    said = mypy(str(sample), folder=tmp_path)
    found = re.findall(r"^.*?:(\d+): error: .*\[([\w-]+)\]$", said, re.MULTILINE)
    assert {(int(number), code) for number, code in found} == wanted, said


def test_the_package_itself_is_typed_strictly(tmp_path: Path) -> None:
    assert mypy("-p", "artifact_deploy", folder=tmp_path) == ""


def test_the_stubs_are_those_of_the_module_at_run_time(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "mypy.stubtest", "artifact_deploy._native"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_the_marker_and_the_stubs_are_installed() -> None:
    installed = files("artifact_deploy")
    assert installed.joinpath("py.typed").is_file()
    assert installed.joinpath("_native.pyi").is_file()


@pytest.mark.skipif(shutil.which("cargo") is None, reason="cargo is not installed")
def test_the_committed_stubs_are_those_that_the_build_makes(tmp_path: Path) -> None:
    # Not the release profile: it strips what the stubs are made of.
    command = [sys.executable, "-m", "maturin", "generate-stubs", "--locked", "--profile", "dev"]
    subprocess.run([*command, "--out", str(tmp_path)], cwd=PACKAGE, check=True)
    made = (tmp_path / "artifact_deploy" / "_native.pyi").read_text()
    committed = (PACKAGE / "python" / "artifact_deploy" / "_native.pyi").read_text()
    assert committed == made, "run: maturin generate-stubs --out python"

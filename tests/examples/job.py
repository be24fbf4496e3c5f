"""A job of GitHub Actions, as far as its steps see it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
HEAD = "622d2103a1b2c3d4e5f60718293a4b5c6d7e8f90"
MERGE = "9e107d9d372bb6826bd81d3542a419d6fd3eb50c"


class Job:
    """A job that a `pull_request` event started; its steps share outputs and environment."""

    def __init__(self, folder: Path) -> None:
        event = folder / "event.json"
        pull_request = {"number": 51, "head": {"sha": HEAD, "ref": "feat/x"}}
        event.write_text(json.dumps({"pull_request": pull_request}))
        self.summary = folder / "summary.md"
        self._output = folder / "output"
        self._environment = folder / "environment"
        self._variables = {
            "PATH": os.environ["PATH"],
            "GITHUB_ACTIONS": "true",
            "GITHUB_EVENT_NAME": "pull_request",
            "GITHUB_EVENT_PATH": str(event),
            "GITHUB_REF": "refs/pull/51/merge",
            "GITHUB_HEAD_REF": "feat/x",
            "GITHUB_SHA": MERGE,
            "GITHUB_RUN_ID": "17039281234",
            "GITHUB_RUN_ATTEMPT": "1",
            "GITHUB_OUTPUT": str(self._output),
            "GITHUB_ENV": str(self._environment),
            "GITHUB_STEP_SUMMARY": str(self.summary),
        }

    def python(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Runs a script of the examples as a step."""
        return subprocess.run(
            [sys.executable, *words],
            cwd=EXAMPLES / "python",
            env={**self._variables, **blocks(self._environment)},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    @property
    def outputs(self) -> dict[str, str]:
        """The outputs of the steps so far."""
        return blocks(self._output)


def blocks(path: Path) -> dict[str, str]:
    """What the runner reads from an output or environment file: `name<<delimiter` blocks."""
    if not path.exists():
        return {}
    text = path.read_text("utf-8")
    found = re.finditer(r"^(.+?)<<(.+)\n((?:.*\n)*?)\2\n", text, re.MULTILINE)
    return {block[1]: block[3].removesuffix("\n") for block in found}

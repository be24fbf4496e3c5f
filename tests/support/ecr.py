"""The scripted stand-in for Amazon ECR, for the time of a `with` block."""

from __future__ import annotations

import functools
import json
import subprocess
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


@functools.cache
def scripted_ecr_program(profile: str) -> str:
    """The program, built if need be."""
    package = ["--profile", profile, "-p", "artifact-deploy-tests", "--bin", "scripted-ecr"]
    built = subprocess.run(
        ["cargo", "build", "--locked", "--quiet", "--message-format=json", *package],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        check=True,
    )
    messages = [json.loads(line) for line in built.stdout.splitlines()]
    programs = [message["executable"] for message in messages if message.get("executable")]
    return str(programs[-1])


class ScriptedEcr:
    """The stand-in on a free port of 127.0.0.1, for the time of a `with` block."""

    def __init__(self, script: Mapping[str, Any], profile: str = "dev") -> None:
        self._script = json.dumps(script)
        self._profile = profile
        self._process: subprocess.Popen[str] | None = None
        self.url = ""

    def __enter__(self) -> ScriptedEcr:
        self._process = subprocess.Popen(
            [scripted_ecr_program(self._profile), self._script],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        self.url = self._process.stdout.readline().strip()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._process is not None:
            self._process.communicate(timeout=10)

    def calls(self) -> Any:
        """How often each operation was called."""
        with urllib.request.urlopen(f"{self.url}/_calls", timeout=10) as answer:
            return json.load(answer)

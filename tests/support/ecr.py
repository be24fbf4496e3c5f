"""The scripted stand-in for Amazon ECR, for the time of a `with` block."""

from __future__ import annotations

import json
import subprocess
import urllib.request
from collections.abc import Mapping
from types import TracebackType
from typing import Any

from .cargo import program


class ScriptedEcr:
    """The stand-in on a free port of 127.0.0.1, for the time of a `with` block."""

    def __init__(self, script: Mapping[str, Any], profile: str = "dev") -> None:
        self._script = json.dumps(script)
        self._profile = profile
        self._process: subprocess.Popen[str] | None = None
        self.url = ""

    def __enter__(self) -> ScriptedEcr:
        self._process = subprocess.Popen(
            [program("scripted-ecr", self._profile), self._script],
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

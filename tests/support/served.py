"""A program of the tests that serves for the time of a `with` block."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self

from .cargo import program


class Served:
    """A program that takes JSON, and prints its URL first; `url` is that."""

    def __init__(self, name: str, given: Mapping[str, Any], profile: str = "dev") -> None:
        self._name = name
        self._given = json.dumps(given)
        self._profile = profile
        self._process: subprocess.Popen[str] | None = None
        self.url = ""

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [program(self._name, self._profile), self._given],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        self.url = self._process.stdout.readline().strip()
        if not self.url:
            raise RuntimeError(f"{self._name} ended with {self._process.wait()}")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._process is not None:
            self._process.communicate(timeout=10)

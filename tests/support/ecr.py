"""The scripted stand-in for Amazon ECR, for the time of a `with` block."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Mapping
from typing import Any

from .served import Served


class ScriptedEcr(Served):
    """The stand-in on a free port of 127.0.0.1, for the time of a `with` block."""

    def __init__(self, script: Mapping[str, Any], profile: str = "dev") -> None:
        super().__init__("scripted-ecr", script, profile)

    def calls(self) -> Any:
        """How often each operation was called."""
        with urllib.request.urlopen(f"{self.url}/_calls", timeout=10) as answer:
            return json.load(answer)

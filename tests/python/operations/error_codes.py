"""The operations of `error_codes.json`."""

from __future__ import annotations

from typing import Any

import artifact_deploy


def error_codes(_: None) -> Any:
    listed = artifact_deploy.error_codes()
    return [{"code": code, "retryable": retryable} for code, retryable in listed]


OPERATIONS = {"error_codes": error_codes}

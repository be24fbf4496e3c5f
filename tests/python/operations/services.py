"""The operations of `services.json`."""

from __future__ import annotations

import json
from typing import Any

from artifact_deploy import ServiceDocument, TaskDefinitionDiff


def read(value: Any) -> ServiceDocument:
    # As text: a JSON value that is no object is no text that holds one.
    return ServiceDocument.parse(json.dumps(value))


def diff(given: Any) -> TaskDefinitionDiff:
    return read(given["before"]).diff(read(given["after"]))


def update(given: Any) -> Any:
    return read(given["wanted"]).update(read(given["live"]))


OPERATIONS = {
    "parse": lambda given: ServiceDocument.parse(given["text"]).to_json(),
    "validate": lambda given: [problem.to_dict() for problem in read(given["service"]).validate()],
    "render": lambda given: read(given["service"]).render(given["changes"]).to_dict(),
    "diff": lambda given: diff(given).to_dict(),
    "diff_text": lambda given: str(diff(given)),
    "update": update,
}

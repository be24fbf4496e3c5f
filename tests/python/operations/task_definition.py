"""The operations of `task_definition.json`."""

from __future__ import annotations

from typing import Any

from artifact_deploy import (
    MemoryRegistry,
    RenderedTaskDefinition,
    TaskDefinition,
    TaskDefinitionDiff,
    render_task_definition,
    resolve_images,
)


def diff(given: Any) -> TaskDefinitionDiff:
    return TaskDefinition.parse(given["before"]).diff(TaskDefinition.parse(given["after"]))


def render(given: Any) -> RenderedTaskDefinition:
    images = given.get("images", [])
    registry = MemoryRegistry.from_json(given.get("registry", {}))
    verified = resolve_images([image["query"] for image in images], registry=registry)
    pinned = [
        (image.get("container"), found) for image, found in zip(images, verified, strict=True)
    ]
    return render_task_definition(given["template"], changes=given["changes"], images=pinned)


OPERATIONS = {
    "parse": lambda given: TaskDefinition.parse(given["text"]).to_json(),
    "validate": lambda given: [
        problem.to_dict() for problem in TaskDefinition.parse(given["taskDefinition"]).validate()
    ],
    "diff": lambda given: diff(given).to_dict(),
    "diff_text": lambda given: str(diff(given)),
    "render": lambda given: render(given).to_dict(),
    "registration_json": lambda given: render(given).registration_json(),
}

"""The operations of `gate.json`: each on a registry in memory."""

from __future__ import annotations

from typing import Any

from artifact_deploy import (
    ArtifactDeployError,
    GateReport,
    ImageQuery,
    MemoryRegistry,
    Policy,
    Wait,
    check_publication,
    default_tag,
    resolve_images,
)
from artifact_deploy._native import inspect_image, resolve_image


def options(given: Any) -> dict[str, Any]:
    wait, policy = given.get("wait"), given.get("policy")
    return {
        "registry": MemoryRegistry.from_json(given["registry"]),
        "policy": None if policy is None else Policy.from_json(policy),
        "deadline": None if wait is None else Wait.from_json(wait),
    }


def inspect(given: Any) -> GateReport:
    query = ImageQuery.from_json(given["query"])
    report = inspect_image(query=query, **options(given)).wait()
    assert isinstance(report, GateReport)
    return report


def resolve(given: Any) -> Any:
    query = ImageQuery.from_json(given["query"])
    return resolve_image(query=query, **options(given)).wait().to_dict()


def resolve_all(given: Any) -> Any:
    queries = [ImageQuery.from_json(query) for query in given["queries"]]
    images = resolve_images(queries, return_exceptions=True, **options(given))
    return [
        {"code": image.code}
        if isinstance(image, ArtifactDeployError)
        else {"reference": image.reference}
        for image in images
    ]


def require_all(given: Any) -> Any:
    return [image.reference for image in resolve_images(given["queries"], **options(given))]


def publication(given: Any) -> Any:
    registry = MemoryRegistry.from_json(given["registry"])
    digest = given.get("digest")
    found = check_publication(given["repository"], given["tag"], digest=digest, registry=registry)
    return found.to_dict()


OPERATIONS = {
    "inspect": lambda given: inspect(given).to_dict(),
    "inspect_text": lambda given: inspect(given).to_text(),
    "inspect_markdown": lambda given: inspect(given).to_markdown(),
    "resolve": resolve,
    "resolve_all": resolve_all,
    "require_all": require_all,
    "publication": publication,
    "default_tag": lambda given: default_tag(
        given.get("environment"), variables=given["variables"]
    ),
}

"""No input whatever makes the library break off: a panic would be a `BaseException`."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import artifact_deploy as ad
import pytest
from artifact_deploy import _native
from conftest import TESTS


def texts(value: Any) -> Iterator[str]:
    """Every text in a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from texts(item)
    elif isinstance(value, dict):
        for name, member in value.items():
            yield name
            yield from texts(member)


def every_text() -> list[str]:
    """Every text in the inputs of all vectors, and some of the worst."""
    found = {"", "\0", "\ud800", "é" * 5000, "[" * 100_000, '{"a":' * 100_000, "1e999", "-", "/"}
    for file in (TESTS / "vectors").glob("*.json"):
        for case in json.loads(file.read_text(encoding="utf-8"))["cases"]:
            found.update(texts(case["input"]))
    return sorted(found)


TEXTS = every_text()
REGISTRY = ad.MemoryRegistry()
CLUSTER = ad.MemoryCluster(REGISTRY)

READERS: dict[str, Callable[[str], object]] = {
    "Environment": ad.Environment,
    "Environment.from_branch": ad.Environment.from_branch,
    "Version": ad.Version.parse,
    "Version.parse_tag_of": lambda text: ad.Version.parse_tag_of("pr-51", text),
    "newest_version": lambda text: ad.newest_version("pr-51", [text]),
    "Tag": ad.Tag,
    "Digest": ad.Digest,
    "Platform": ad.Platform,
    "Commit": ad.Commit,
    "Repository": ad.Repository,
    "ImageReference": ad.ImageReference,
    "parse_time": ad.parse_time,
    "BuildMetadata": ad.BuildMetadata.from_json,
    "RunningImage": lambda text: ad.RunningImage.from_environment(
        {"BUILD_TIME": text, "COMMIT_SHA": text, "IMAGE_TAG": text}
    ),
    "TaskDefinition": lambda text: ad.TaskDefinition.parse(text).validate(),
    "ImageQuery": ad.ImageQuery.from_json,
    "MemoryRegistry": ad.MemoryRegistry.from_json,
    "Manifest": lambda text: ad.Manifest.parse(text.encode(), text),
    "ImageConfig": lambda text: ad.ImageConfig.parse(text.encode()),
    "BuildxMetadata": lambda text: ad.BuildxMetadata.parse(text.encode()).image(text),
    "TagMutability": lambda text: ad.TagMutability("mutable-except", [text]).protects("v1"),
    "resolve_image": lambda text: ad.resolve_image(text, tag=text, registry=REGISTRY),
    "check_publication": lambda text: ad.check_publication("my/app", text, registry=REGISTRY),
    "MemoryCluster": lambda text: ad.MemoryCluster(REGISTRY, text),
    "ServiceDocument": lambda text: ad.ServiceDocument.parse(text).validate(),
    "DeploymentConfiguration": lambda text: ad.DeploymentConfiguration.from_ecs(text).problems(1),
    "deploy": lambda text: ad.deploy(text, text, control=CLUSTER, registry=REGISTRY),
    "rollback": lambda text: ad.rollback("previews/app", text, control=CLUSTER, registry=REGISTRY),
    "verify_running": lambda text: ad.verify_running(text, text, control=CLUSTER),
    "explain_task": lambda text: _native.explain_task(text, text),
    "judge_tasks": lambda text: _native.judge_tasks(text).to_markdown(),
    "judge_answers": lambda text: _native.judge_answers(
        {"probe": {"url": "http://x", "version": text}, "answers": [{"body": text}]}
    ),
}


@pytest.mark.parametrize("reader", READERS)
def test_every_text_is_read_or_refused(reader: str) -> None:
    for text in TEXTS:
        try:
            READERS[reader](text)
        except ad.ArtifactDeployError as error:
            assert error.message  # noqa: PT017
        except UnicodeEncodeError:
            assert "\ud800" in text

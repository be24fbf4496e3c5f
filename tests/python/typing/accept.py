"""What type checkers must accept: the documented use."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, assert_type

import artifact_deploy as ad


def deploy(template: Mapping[str, Any], registry: ad.Registry | None = None) -> str:
    build = ad.BuildMetadata.detect()
    version = ad.Version.new("pr-51", build, release="v1.4.2", run=True)
    assert_type(version.tag, str)
    assert_type(version.time, datetime)
    assert_type(version.run, ad.Run | None)
    assert_type(version < version, bool)
    ad.write_github_output({"tag": version.tag, "version": str(version)})
    ad.write_github_output(build.outputs(), path=Path("outputs"))
    ad.check_publication("my/app", version, registry=registry)
    image = ad.resolve_image(
        ad.Repository("my/app"),
        tag=version,
        platform="linux/amd64",
        revision=build.commit,
        policy=ad.Policy(content="available", tag_immutable="warn"),
        registry=registry,
        deadline=timedelta(minutes=2),
        on_progress=lambda progress: print(progress.attempt, progress.remaining.total_seconds()),
    )
    assert_type(image, ad.VerifiedImage)
    assert_type(image.report.checks[0].code, str | None)
    rendered = ad.render_task_definition(
        template,
        images={"app": image},
        metadata=build,
        cpu=512,
        containers={"app": ad.ContainerChange(environment={"LOG_LEVEL": "debug"})},
    )
    assert_type(rendered.task_definition.validate(), list[ad.Problem])
    assert_type(rendered.to_dict(), dict[str, Any])
    return rendered.registration_json()


async def main() -> None:
    timeouts: dict[str, float] = {"read": 0.5}
    registry = ad.EcrRegistry(region="eu-central-1", role_arn="arn", timeouts=timeouts)
    image = await ad.resolve_image_async("my/app", environment="pr-51", deadline=30.5)
    assert_type(image, ad.VerifiedImage)
    queries: list[ad.ImageQuery | dict[str, str]] = [
        ad.ImageQuery("my/app", tag="v1"),
        {"repository": "my/app", "tag": "v2"},
    ]
    assert_type(await ad.resolve_images_async(queries, registry=registry), list[ad.VerifiedImage])
    outcomes = ad.resolve_images(queries, return_exceptions=True)
    assert_type(outcomes, list[ad.VerifiedImage | ad.ArtifactDeployError])
    assert_type(await ad.inspect_image_async("my/app", tag="v1"), ad.GateReport)


def values() -> None:
    build = ad.BuildMetadata("622d2103", datetime.now(UTC), branch="main", pr_number=51)
    assert_type(build.branch, str | None)
    assert_type(ad.newest_version("pr-51", ("a", "b")), ad.Version | None)
    assert_type(ad.Version.parse("pr-51/x").locate("my/app", layout="shared"), tuple[str, str])
    assert_type(ad.Manifest.parse(b"{}").children, list[ad.IndexChild])
    assert_type({ad.Environment("pr-51"): 1}[ad.Environment("pr-51")], int)
    registry = ad.MemoryRegistry()
    registry.push("my/app", ["v1"], platforms=["linux/arm64"], labels={"a": "b"})


try:
    asyncio.run(main())
except ad.errors.ImageRefusedError as error:
    assert_type(error.code, str)
    assert_type(error.retryable, bool)

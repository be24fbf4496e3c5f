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


def rollouts(rendered: ad.RenderedTaskDefinition, image: ad.VerifiedImage) -> None:
    control: ad.Control = ad.EcsControl(region="eu-central-1", timeouts={"read": 0.5})
    record = ad.deploy(
        "previews/app",
        rendered,
        until="stable",
        deadline=timedelta(minutes=20),
        on_event=lambda event: print(event.at, event.name, event.to_dict()),
        version=ad.Version.parse("pr-51/622d2103-20250820-124500"),
        deployment_configuration={"maximumPercent": 150},
        hooks="continue",
        probe={"url": "https://pr-51.example/version"},
        control=control,
        targets=ad.LoadBalancerTargets(),
        check=False,
    )
    assert_type(record, ad.EvidenceRecord)
    assert_type(record.outcome, str | None)
    assert_type(record.version, ad.Version | None)
    assert_type(record.proof, ad.Proof | None)
    assert_type(record.started_at, datetime)
    assert_type(record.require_completed(), ad.EvidenceRecord)
    assert_type(ad.EVIDENCE_SCHEMA, dict[str, Any])
    proof = ad.verify_running("previews/app", {"app": image}, control=control)
    assert_type(proof.require_verified(), ad.Proof)
    assert_type(proof.right + proof.wrong + proof.unknown, int)
    assert_type(ad.plan_deployment("previews/app", rendered).registers, bool)
    history = ad.deployment_history("previews/app", limit=5)
    assert_type(history.in_place, str | None)
    assert_type(
        ad.rollback("previews/app", history.in_place, policy=ad.Policy()).is_completed, bool
    )
    promotion = ad.promote(image, to=ad.Environment("production"))
    assert_type(promotion.version, ad.Version)
    assert_type(ad.move_alias(promotion, proof), str)
    ad.audit_services(lambda verdict: print(verdict["service"]), services=["previews/app"])
    configuration = ad.DeploymentConfiguration.from_ecs({"strategy": "BLUE_GREEN"})
    configuration.check(2)
    assert_type(configuration.to_cloud_formation(), dict[str, Any])
    assert_type(ad.ServiceDocument.parse("{}").validate(), list[ad.Problem])


async def rollouts_async(rendered: ad.RenderedTaskDefinition) -> None:
    cluster = ad.MemoryCluster(ad.MemoryRegistry(), {"faster": 100})
    events = ad.deploy_events("previews/app", rendered, control=cluster, targets=cluster)
    async for event in events:
        assert_type(event, ad.DeploymentEvent)
    assert_type(await events.record(), ad.EvidenceRecord)
    assert_type(await ad.deploy_async("previews/app", "arn:aws:ecs:…"), ad.EvidenceRecord)
    assert_type(await ad.verify_running_async("previews/app", control=cluster), ad.Proof)
    assert_type(await ad.rollback_async("previews/app", check=False), ad.EvidenceRecord)


try:
    asyncio.run(main())
except ad.errors.DeploymentRolledBackError as error:
    assert_type(error.details, Any)
except ad.errors.ImageRefusedError as error:
    assert_type(error.code, str)
    assert_type(error.retryable, bool)

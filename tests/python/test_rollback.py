"""What a service ran before, and the way back to it; and the way on to another environment."""

from __future__ import annotations

import asyncio
import json

import artifact_deploy as ad
import pytest
from scene import BREAKER, REPOSITORY, SERVICE, MemoryScene, story, valid, version


def arns(history: ad.History) -> list[str]:
    """The revisions of a history, newest first."""
    return [past["taskDefinition"].rsplit("/")[-1] for past in history.deployments]


def test_the_history_says_what_ran_when_and_how_it_ended() -> None:
    scene = MemoryScene(**BREAKER)
    scene.behave(3, "crash-loop")
    scene.deploy(2)
    scene.deploy(3)
    history = ad.deployment_history(SERVICE, control=scene.control)
    assert arns(history) == ["app:3", "app:2", "app:1"]
    assert [past["outcome"] for past in history.deployments] == [
        "rolled-back",
        "successful",
        "successful",
    ]
    assert history.service == SERVICE
    assert history.source == "service-deployments"
    assert history.in_place.endswith("app:2")
    assert [past["version"]["id"] for past in history.known_good] == [
        str(version(2)),
        str(version(1)),
    ]
    newest = history.known_good[0]
    assert newest["images"][0]["imageDigest"] == str(scene.image(2).digest)
    assert json.loads(history.to_json()) == history.to_dict()
    assert str(history).count("\n") >= 2
    assert repr(history) == f'History("{SERVICE}")'
    assert len(ad.deployment_history(SERVICE, limit=1, control=scene.control).deployments) == 1


def test_a_rollback_goes_to_the_last_that_was_good_and_is_proven() -> None:
    scene = MemoryScene(**BREAKER)
    scene.deploy(2)
    scene.behave(3, "crash-loop")
    scene.deploy(3)
    scene.control.reset_calls()
    scene.events.clear()
    record = ad.rollback(SERVICE, **scene.where())
    values = valid(record)
    assert (record.outcome, record.intent) == ("completed", "rollback")
    assert record.task_definition["arn"].endswith("app:1")
    assert record.version == version(1)
    assert values["images"][0]["report"]["verdict"] == "verified"
    assert record.proof.is_verified
    assert scene.asked("register-task-definition") == 0
    assert story(scene.events)[-1] == "finished"


def test_a_rollback_goes_to_a_version_or_a_revision_that_is_named() -> None:
    scene = MemoryScene()
    scene.deploy(2)
    scene.deploy(3)
    assert ad.rollback(SERVICE, version(1), **scene.where()).version == version(1)
    assert ad.rollback(SERVICE, str(version(3)), **scene.where()).version == version(3)
    arn = ad.deployment_history(SERVICE, control=scene.control).known_good[1]["taskDefinition"]
    assert ad.rollback(SERVICE, arn, **scene.where()).task_definition["arn"] == arn
    with pytest.raises(ad.errors.InvalidVersionError):
        ad.rollback(SERVICE, "the one from yesterday", **scene.where())


def test_an_image_that_is_gone_from_the_registry_is_not_rolled_back_to() -> None:
    scene = MemoryScene()
    scene.deploy(2)
    scene.registry.delete(REPOSITORY, scene.image(1).digest)
    scene.control.reset_calls()
    with pytest.raises(ad.errors.ImageNotFoundError):
        ad.rollback(SERVICE, **scene.where())
    assert scene.asked("update-service") == 0


def test_there_may_be_nothing_to_go_back_to() -> None:
    scene = MemoryScene()
    with pytest.raises(ad.errors.NoKnownGoodError) as caught:
        ad.rollback(SERVICE, **scene.where())
    assert isinstance(caught.value, ad.errors.DeploymentError)
    with pytest.raises(ad.errors.NoKnownGoodError) as caught:
        ad.rollback(SERVICE, version(9), **scene.where())
    assert str(version(9)) in str(caught.value)


def test_without_service_deployments_the_revisions_are_the_history() -> None:
    scene = MemoryScene({"serviceDeployments": False})
    assert scene.deploy(2).outcome == "completed"
    history = ad.deployment_history(SERVICE, control=scene.control)
    assert history.source == "revisions"
    assert arns(history) == ["app:2", "app:1"]
    record = ad.rollback(SERVICE, **scene.where())
    assert record.version == version(1)
    assert record.proof.is_verified


def test_after_a_rollback_the_newer_version_can_be_deployed_again() -> None:
    scene = MemoryScene()
    scene.deploy(2)
    ad.rollback(SERVICE, **scene.where())
    assert scene.deploy(2).outcome == "completed"


def test_a_rollback_and_a_history_have_versions_for_asyncio() -> None:
    scene = MemoryScene()
    scene.deploy(2)

    async def main() -> None:
        record = await ad.rollback_async(SERVICE, **scene.where())
        assert record.version == version(1)
        history = await ad.deployment_history_async(SERVICE, control=scene.control)
        assert arns(history)[0] == "app:1"

    asyncio.run(main())


def test_a_promotion_gives_the_same_bytes_another_version_and_moves_the_alias_after_proof() -> None:
    scene = MemoryScene()
    image = scene.image(2)
    promotion = ad.promote(image, "production", registry=scene.registry)
    assert promotion.source == version(2)
    assert promotion.version.environment == ad.Environment("production")
    assert promotion.image.digest == image.digest
    assert promotion.already_there is False
    assert json.loads(promotion.to_json()) == promotion.to_dict()
    assert repr(promotion) == f'Promotion("{promotion.version}")'
    assert ad.promote(image, "production", registry=scene.registry).already_there

    # What is proven is another image: the alias stays where it is.
    before = ad.verify_running(SERVICE, control=scene.control)
    with pytest.raises(ad.errors.ProofFailedError):
        ad.move_alias(promotion, before, registry=scene.registry)

    record = scene.deploy(2)
    alias = ad.move_alias(promotion, record.proof, registry=scene.registry)
    found = ad.resolve_image(REPOSITORY, tag=alias, registry=scene.registry)
    assert found.digest == image.digest


def test_a_tag_that_leads_to_other_bytes_is_no_promotion() -> None:
    scene = MemoryScene()
    there = ad.promote(scene.image(2), "production", registry=scene.registry).version
    scene.registry.push(REPOSITORY, [there.tag], labels={"other": "bytes"})
    with pytest.raises(ad.errors.VersionConflictError):
        ad.promote(scene.image(2), "production", registry=scene.registry)
    scene.push("v1", {})
    plain = ad.resolve_image(REPOSITORY, tag="v1", registry=scene.registry)
    with pytest.raises(ad.errors.InvalidVersionError):
        ad.promote(plain, "production", registry=scene.registry)

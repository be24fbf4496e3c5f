"""Deployments through the true SDK clients, to a service behind real HTTP."""

from __future__ import annotations

from collections.abc import Iterator

import artifact_deploy as ad
import pytest
from scene import BREAKER, REPOSITORY, SERVICE, story, valid, version
from support.wire import PACE
from wire_scene import WireScene, wire_scene


@pytest.fixture
def scene() -> Iterator[WireScene]:
    with wire_scene() as made:
        yield made


@pytest.fixture
def guarded() -> Iterator[WireScene]:
    """With a circuit breaker that rolls back."""
    with wire_scene(**BREAKER) as made:
        yield made


def test_a_good_deployment_is_registered_followed_and_proven(scene: WireScene) -> None:
    record = scene.deploy(2)
    assert record.outcome == "completed"
    assert record.version == version(2)
    assert record.proof.is_verified
    assert scene.in_place() == "app:2"
    assert scene.made() == (1, 1)
    assert story(scene.events) == ["registered", "updated", "progress", "proved", "finished"]
    [register] = [
        one for one in scene.simulator.requests() if one["operation"] == "RegisterTaskDefinition"
    ]
    tags = {tag["key"]: tag["value"] for tag in register["input"]["tags"]}
    assert tags["artifact-deploy:version"] == str(version(2))


def test_what_is_in_place_already_registers_and_updates_nothing(scene: WireScene) -> None:
    scene.deploy(2)
    again = scene.deploy(2)
    assert again.outcome == "completed"
    assert again.task_definition["reused"] is True
    assert (scene.asked("RegisterTaskDefinition"), scene.asked("UpdateService")) == (1, 1)
    assert scene.made() == (1, 1)


def test_an_image_that_cannot_be_pulled_is_told_with_advice(guarded: WireScene) -> None:
    guarded.behave(2, "cannot-pull", pull="not-found")
    record = guarded.deploy(2)
    assert record.outcome == "rolled-back"
    [failure] = record.failures
    assert failure["code"] == "image-not-found"
    assert failure["advice"]


def test_a_crash_loop_that_the_circuit_breaker_takes_back_is_never_success(
    guarded: WireScene,
) -> None:
    guarded.behave(2, "crash-loop", exitCode=3)
    with pytest.raises(ad.errors.DeploymentRolledBackError) as caught:
        ad.deploy(SERVICE, guarded.rendered(2), **guarded.where())
    record = valid(caught.value.details["record"])
    assert record["outcome"] == "rolled-back"
    assert record["failures"][0]["exitCode"] == 3
    assert guarded.in_place() == "app:1"


def test_a_deployment_that_another_one_replaces_is_superseded() -> None:
    # The newer one has to come while the older one pulls.
    with wire_scene({**PACE, "pulling": 1}) as scene:
        newer = scene.rendered(3)

        def replace(event: ad.DeploymentEvent) -> None:
            if event.name == "updated":
                ad.deploy(SERVICE, newer, **scene.where(on_event=None, until="deployed"))

        with pytest.raises(ad.errors.DeploymentSupersededError) as caught:
            ad.deploy(SERVICE, scene.rendered(2), **scene.where(on_event=replace))
        record = valid(caught.value.details["record"])
        assert record["order"]["supersededBy"]["version"]["id"] == str(version(3))
        assert scene.in_place() == "app:3"


def test_an_older_version_is_refused_before_anything_is_written(scene: WireScene) -> None:
    scene.deploy(3)
    record = scene.deploy(2)
    assert record.outcome == "superseded"
    assert scene.asked("UpdateService") == 1
    assert scene.in_place() == "app:2"


def test_at_the_deadline_it_says_what_is_left(scene: WireScene) -> None:
    scene.behave(2, "crash-loop")
    short = ad.Wait(1, first_delay=0.02, longest_delay=0.1)
    with pytest.raises(ad.errors.DeadlineExceededError) as caught:
        ad.deploy(SERVICE, scene.rendered(2), **scene.where(deadline=short))
    record = valid(caught.value.details["record"])
    assert record["outcome"] == "timed-out"
    assert record["left"]["state"] == "updating"
    assert "goes on by itself" in str(caught.value)
    assert scene.made() == (1, 1)


def test_a_rollback_is_gated_deployed_and_proven(scene: WireScene) -> None:
    scene.deploy(2)
    record = ad.rollback(SERVICE, **scene.where())
    valid(record)
    assert (record.outcome, record.version) == ("completed", version(1))
    assert scene.asked("RegisterTaskDefinition") == 1
    history = ad.deployment_history(SERVICE, control=scene.control)
    assert [past["taskDefinition"].rsplit("/")[-1] for past in history.deployments] == [
        "app:1",
        "app:2",
        "app:1",
    ]
    scene.simulator.control(
        "delete", {"repository": REPOSITORY, "digest": str(scene.image(2).digest)}
    )
    with pytest.raises(ad.errors.ImageNotFoundError):
        ad.rollback(SERVICE, **scene.where())


def test_a_promotion_puts_the_same_manifest_and_moves_the_alias_after_proof(
    scene: WireScene,
) -> None:
    image = scene.image(2)
    promotion = ad.promote(image, "production", registry=scene.registry)
    assert promotion.image.digest == image.digest
    record = scene.deploy(2)
    alias = ad.move_alias(promotion, record.proof, registry=scene.registry)
    found = ad.resolve_image(REPOSITORY, tag=alias, registry=scene.registry)
    assert found.digest == image.digest
    assert scene.asked("PutImage") == 2

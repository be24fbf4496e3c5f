"""Deploying to a cluster in memory: every end that a rollout can have, and what its record says."""

from __future__ import annotations

import json

import artifact_deploy as ad
import pytest
from scene import BREAKER, SERVICE, MemoryScene, build, story, valid, version


def test_a_good_deployment_is_registered_followed_and_proven() -> None:
    scene = MemoryScene()
    record = scene.deploy(2)
    assert (record.outcome, record.is_completed, record.until) == ("completed", True, "verified")
    assert record.version == version(2)
    assert record.service == SERVICE
    assert record.intent == "deploy"
    assert record.task_definition["reused"] is False
    assert record.task_definition["arn"].endswith(":task-definition/app:2")
    assert record.deployment_id.startswith("ecs-svc/")
    assert (record.failures, record.left) == ([], None)
    assert record.proof.is_verified
    assert record.proof.right == 2
    assert record.require_completed().to_dict() == record.to_dict()

    values = valid(record)
    assert values["build"]["commit"] == str(build(2).commit)
    assert values["images"][0]["digest"] == str(scene.image(2).digest)
    assert values["images"][0]["report"]["verdict"] == "verified"
    assert values["previous"]["version"]["id"] == str(version(1))
    assert values["serviceDeployment"]["status"] == "SUCCESSFUL"
    assert {task["containers"][0]["imageDigest"] for task in scene.running()} == {
        values["images"][0]["digest"]
    }


def test_what_is_in_place_already_registers_and_updates_nothing() -> None:
    scene = MemoryScene()
    first = scene.deploy(2)
    scene.control.reset_calls()
    second = scene.deploy(2)
    assert second.outcome == "completed"
    assert second.task_definition == {**first.task_definition, "reused": True}
    assert scene.asked("register-task-definition") == 0
    assert scene.asked("update-service") == 0
    assert second.proof.is_verified


def test_an_image_that_cannot_be_pulled_is_told_with_advice() -> None:
    scene = MemoryScene(**BREAKER)
    scene.behave(2, "cannot-pull", pull="not-found")
    record = scene.deploy(2)
    assert record.outcome == "rolled-back"
    [failure] = record.failures
    assert failure["code"] == "image-not-found"
    assert failure["reason"].startswith("CannotPullContainerError")
    assert failure["advice"]
    assert failure["count"] >= 2
    assert "task-failed" in story(scene.events)
    assert failure["advice"] in str(record)


@pytest.mark.parametrize(
    "pull", ["copy-failed", "role-not-allowed", "network", "timeout", "rate-limit", "disk-full"]
)
def test_every_reason_why_a_pull_fails_has_advice_of_its_own(pull: str) -> None:
    scene = MemoryScene(**BREAKER)
    scene.behave(2, "cannot-pull", pull=pull)
    record = scene.deploy(2)
    assert record.outcome == "rolled-back"
    assert record.failures[0]["code"] != "image-not-found"
    assert len(record.failures[0]["advice"]) > 20


def test_a_crash_loop_that_the_circuit_breaker_takes_back_is_never_success() -> None:
    scene = MemoryScene(**BREAKER)
    scene.behave(2, "crash-loop", exitCode=3)
    with pytest.raises(ad.errors.DeploymentRolledBackError) as caught:
        ad.deploy(SERVICE, scene.rendered(2), **scene.where())
    error = caught.value
    assert isinstance(error, ad.errors.DeploymentError)
    assert (error.code, error.retryable) == ("DEPLOYMENT_ROLLED_BACK", False)
    record = valid(error.details["record"])
    assert record["outcome"] == "rolled-back"
    assert record["failures"][0]["exitCode"] == 3
    assert story(scene.events)[-1] == "finished"
    # What was there before is in place, and it is what runs.
    proof = ad.verify_running(SERVICE, scene.rendered(1), control=scene.control)
    assert proof.is_verified


def test_without_check_the_record_is_returned_and_can_be_required_later() -> None:
    scene = MemoryScene(**BREAKER)
    scene.behave(2, "crash-loop")
    record = scene.deploy(2)
    assert (record.outcome, record.is_completed) == ("rolled-back", False)
    with pytest.raises(ad.errors.DeploymentRolledBackError) as caught:
        record.require_completed()
    assert caught.value.details["record"] == record.to_dict()


def test_a_failure_that_nobody_takes_back_is_a_failure() -> None:
    breaker = {"deploymentCircuitBreaker": {"enable": True, "rollback": False}}
    scene = MemoryScene(deploymentConfiguration=breaker)
    scene.behave(2, "out-of-memory")
    with pytest.raises(ad.errors.DeploymentFailedError) as caught:
        ad.deploy(SERVICE, scene.rendered(2), **scene.where())
    record = valid(caught.value.details["record"])
    assert record["failures"][0]["code"] == "out-of-memory"


def test_a_deployment_that_a_newer_one_replaces_is_superseded_by_it() -> None:
    # The newer one has to come while the older one pulls, for 2 s at this pace.
    scene = MemoryScene({"faster": 5})
    newer = scene.rendered(3)

    def replace(event: ad.DeploymentEvent) -> None:
        if event.name == "updated":
            ad.deploy(SERVICE, newer, **scene.where(on_event=None, until="deployed"))

    with pytest.raises(ad.errors.DeploymentSupersededError) as caught:
        ad.deploy(SERVICE, scene.rendered(2), **scene.where(on_event=replace))
    record = valid(caught.value.details["record"])
    assert record["order"]["supersededBy"]["version"]["id"] == str(version(3))
    assert str(version(3)) in str(caught.value)


def test_an_older_version_is_refused_before_anything_is_written() -> None:
    scene = MemoryScene()
    scene.deploy(3)
    scene.control.reset_calls()
    record = scene.deploy(2)
    assert record.outcome == "superseded"
    assert str(version(3)) in record.reason
    assert scene.asked("update-service") == 0
    assert record.deployment_id is None


def test_an_older_version_is_deployed_when_a_reason_is_given() -> None:
    scene = MemoryScene()
    scene.deploy(3)
    record = scene.deploy(2, unguarded="the newer one leaks")
    assert record.outcome == "completed"
    assert valid(record)["order"]["unguarded"] == "the newer one leaks"


def test_at_the_deadline_it_says_what_is_left() -> None:
    scene = MemoryScene()
    scene.behave(2, "crash-loop")
    short = ad.Wait(0.5, first_delay=0.02, longest_delay=0.05)
    with pytest.raises(ad.errors.DeadlineExceededError) as caught:
        ad.deploy(SERVICE, scene.rendered(2), **scene.where(deadline=short))
    record = valid(caught.value.details["record"])
    assert record["outcome"] == "timed-out"
    assert record["left"]["state"] == "updating"
    assert record["left"]["taskDefinition"].endswith("app:2")
    assert "goes on by itself" in str(caught.value)
    assert record["failures"]


@pytest.mark.parametrize(
    ("until", "updates", "proven"),
    [("registered", 0, False), ("deployed", 1, False), ("stable", 1, False), ("verified", 1, True)],
)
def test_each_step_can_be_the_last(until: str, updates: int, proven: bool) -> None:
    scene = MemoryScene()
    record = scene.deploy(2, until=until)
    assert (record.outcome, record.until) == ("completed", until)
    assert scene.asked("register-task-definition") == 1
    assert scene.asked("update-service") == updates
    assert (record.proof is not None) == proven


def test_an_existing_revision_is_deployed_and_its_image_is_gated() -> None:
    scene = MemoryScene()
    arn = scene.deploy(2, until="registered").task_definition["arn"]
    record = ad.deploy(SERVICE, arn, **scene.where())
    assert record.outcome == "completed"
    assert record.task_definition["arn"] == arn
    assert scene.asked("register-task-definition") == 1

    arn = scene.deploy(3, until="registered").task_definition["arn"]
    scene.registry.delete("my/app", scene.image(3).digest)
    with pytest.raises(ad.errors.ImageNotFoundError):
        ad.deploy(SERVICE, arn, **scene.where())


def test_a_service_that_is_not_there_is_told_before_anything_is_registered() -> None:
    scene = MemoryScene()
    with pytest.raises(ad.errors.ServiceNotFoundError):
        ad.deploy("previews/none", scene.rendered(2), **scene.where())
    assert scene.asked("register-task-definition") == 0


def test_a_record_shows_itself_as_text_values_json_and_markdown() -> None:
    scene = MemoryScene(**BREAKER)
    good = scene.deploy(2)
    assert repr(good) == f'EvidenceRecord("{SERVICE}", "completed")'
    assert json.loads(good.to_json()) == good.to_dict()
    assert str(version(2)) in str(good)
    assert str(version(2)) in good.to_markdown()
    assert good.started_at <= good.finished_at
    scene.behave(3, "crash-loop")
    bad = scene.deploy(3)
    assert str(bad).splitlines()[0].lower().startswith("rolled")
    assert bad.reason in str(bad)


@pytest.mark.parametrize(
    "wrong",
    [
        {"until": "done"},
        {"hooks": "ignore"},
        {"deadline": -1},
        {"probe": {"url": "not a url"}},
        {"deployment_configuration": {"maximumPercent": 1.5}},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_an_option_that_makes_no_sense_is_refused_at_once(wrong: dict[str, object]) -> None:
    scene = MemoryScene()
    with pytest.raises(ad.errors.InvalidInputError):
        ad.deploy(SERVICE, scene.rendered(2), **scene.where(**wrong))
    assert scene.asked("register-task-definition") == 0


def test_a_lost_answer_makes_no_second_deployment() -> None:
    scene = MemoryScene()
    for operation in ["register-task-definition", "update-service"]:
        scene.control.inject({"operation": operation, "fault": "lost-answer", "times": 1})
    record = scene.deploy(2)
    assert record.outcome == "completed"
    history = ad.deployment_history(SERVICE, control=scene.control)
    assert [past["taskDefinition"].rsplit(":")[-1] for past in history.deployments] == ["2", "1"]


def test_the_time_of_a_deployment_follows_from_the_service_unless_it_is_given() -> None:
    scene = MemoryScene()
    record = ad.deploy(SERVICE, scene.rendered(2), control=scene.control, registry=scene.registry)
    assert record.outcome == "completed"
    assert scene.deploy(3, deadline=60).outcome == "completed"

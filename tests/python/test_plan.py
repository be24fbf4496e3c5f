"""What a deployment would do, and what its hooks wait for."""

from __future__ import annotations

import json
from typing import Any

import artifact_deploy as ad
import pytest
from scene import SERVICE, MemoryScene, story, valid, version

WRITES = ["register-task-definition", "update-service"]
PAUSE = {
    "strategy": "BLUE_GREEN",
    "bakeTimeInMinutes": 0,
    "lifecycleHooks": [{"targetType": "PAUSE", "lifecycleStages": ["POST_SCALE_UP"]}],
}


def plan(scene: MemoryScene, number: int, **more: Any) -> ad.DeploymentPlan:
    here = {"control": scene.control, "registry": scene.registry}
    return ad.plan_deployment(SERVICE, scene.rendered(number), **here, **more)


def test_a_plan_says_what_would_change_and_changes_nothing() -> None:
    scene = MemoryScene()
    planned = plan(scene, 2)
    assert (planned.registers, planned.updates, planned.changes_nothing) == (True, True, False)
    values = planned.to_dict()
    assert values["version"]["id"] == str(version(2))
    assert values["current"]["version"]["id"] == str(version(1))
    assert "/containerDefinitions/app/image" in {change["path"] for change in values["changes"]}
    assert values["images"][0]["report"]["verdict"] == "verified"
    assert json.loads(planned.to_json()) == values
    assert str(version(2)) in str(planned)
    assert str(version(2)) in planned.to_markdown()
    assert [scene.asked(operation) for operation in WRITES] == [0, 0]


def test_a_plan_for_what_is_in_place_changes_nothing() -> None:
    scene = MemoryScene()
    scene.deploy(2)
    planned = plan(scene, 2)
    assert (planned.registers, planned.updates, planned.changes_nothing) == (False, False, True)


def test_a_plan_says_that_a_newer_version_stands_in_the_way() -> None:
    scene = MemoryScene()
    scene.deploy(3)
    planned = plan(scene, 2)
    assert planned.updates is False
    assert str(version(3)) in str(planned)
    assert plan(scene, 2, unguarded="a test").updates is True


def test_a_deployment_configuration_is_part_of_the_plan_and_of_the_deployment() -> None:
    scene = MemoryScene()
    chosen = {"maximumPercent": 150, "minimumHealthyPercent": 50}
    values = plan(scene, 2, deployment_configuration=chosen).to_dict()
    assert {change["path"] for change in values["deploymentConfiguration"]} == {
        "/maximumPercent",
        "/minimumHealthyPercent",
    }
    assert scene.deploy(2, deployment_configuration=chosen).outcome == "completed"
    values = plan(scene, 3, deployment_configuration=chosen).to_dict()
    assert values["deploymentConfiguration"] == []


def test_a_pause_is_reported_and_continued_on_request() -> None:
    scene = MemoryScene(deploymentConfiguration=PAUSE)
    answered: list[str] = []

    def answer(event: ad.DeploymentEvent) -> None:
        scene.events.append(event)
        if event.name == "paused" and not answered:
            paused = event.to_dict()
            answered.append(paused["hookId"])
            assert paused["stage"] == "POST_SCALE_UP"
            history = ad.deployment_history(SERVICE, control=scene.control)
            arn = history.deployments[0]["serviceDeployment"]
            ad.continue_deployment(arn, paused["hookId"], control=scene.control)

    record = ad.deploy(SERVICE, scene.rendered(2), **scene.where(on_event=answer))
    assert record.outcome == "completed"
    assert "paused" in story(scene.events)
    assert answered


@pytest.mark.parametrize(
    ("hooks", "outcome"), [("continue", "completed"), ("roll-back", "rolled-back")]
)
def test_a_pause_is_answered_as_the_call_was_told(hooks: str, outcome: str) -> None:
    scene = MemoryScene(deploymentConfiguration=PAUSE)
    record = scene.deploy(2, hooks=hooks)
    assert record.outcome == outcome
    assert "paused" in story(scene.events)


def test_a_deployment_that_is_stopped_is_rolled_back() -> None:
    scene = MemoryScene(deploymentConfiguration=PAUSE)

    def stop(event: ad.DeploymentEvent) -> None:
        if event.name == "paused":
            history = ad.deployment_history(SERVICE, control=scene.control)
            arn = history.deployments[0]["serviceDeployment"]
            ad.stop_deployment(arn, control=scene.control)

    with pytest.raises(ad.errors.DeploymentRolledBackError) as caught:
        ad.deploy(SERVICE, scene.rendered(2), **scene.where(on_event=stop))
    record = valid(caught.value.details["record"])
    with pytest.raises(ad.errors.ConflictError):
        ad.stop_deployment(record["serviceDeployment"]["arn"], control=scene.control)


def test_a_restart_starts_new_tasks_of_what_is_in_place() -> None:
    scene = MemoryScene()
    first = scene.deploy(2)
    before = {task["taskArn"] for task in scene.running()}
    record = scene.deploy(2, force_new_deployment=True)
    assert record.outcome == "completed"
    assert record.deployment_id != first.deployment_id
    assert before.isdisjoint(task["taskArn"] for task in scene.running())
    assert scene.asked("register-task-definition") == 1

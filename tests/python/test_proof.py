"""Proving what runs: what is right, the one that is wrong among many, and what cannot be told."""

from __future__ import annotations

import json
import time
from typing import Any

import artifact_deploy as ad
import pytest
from artifact_deploy._native import judge_tasks
from scene import REPOSITORY, SERVICE, MemoryScene, labels, version

MUTABLE = "pr-51-latest"


def tagged(tag: str) -> dict[str, Any]:
    """A task definition that names an image by a tag, which each task resolves for itself."""
    container = {"name": "app", "image": f"{REPOSITORY}:{tag}", "memory": 512}
    container["versionConsistency"] = "disabled"
    return {"family": "by-tag", "containerDefinitions": [container]}


def race(count: int) -> MemoryScene:
    """A service by a mutable tag, of which one task was replaced after the tag had moved."""
    scene = MemoryScene()
    first = scene.push(MUTABLE, labels(1))
    arn = scene.control.add_task_definition(tagged(MUTABLE))
    service = {"cluster": "previews", "serviceName": "raced", "taskDefinition": arn}
    scene.control.create_service({**service, "desiredCount": count}, steady=True)
    second = scene.push(MUTABLE, labels(2))
    assert first != second
    tasks = scene.control.tasks("previews/raced")
    scene.control.stop_task(tasks[count // 2]["taskArn"])
    settled(scene, "previews/raced", count)
    return scene


def settled(scene: MemoryScene, service: str, count: int) -> None:
    """Waits until the task that was stopped is replaced."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        tasks = scene.control.tasks(service)
        running = [task for task in tasks if task["lastStatus"] == "RUNNING"]
        if len(running) == count and len(tasks) == count + 1:
            return
        time.sleep(0.01)
    raise AssertionError("the task was not replaced")


def test_every_running_task_is_proven_to_run_what_was_meant() -> None:
    scene = MemoryScene()
    proof = ad.verify_running(SERVICE, scene.rendered(1), control=scene.control)
    assert (proof.verdict, proof.is_verified) == ("verified", True)
    assert (proof.running, proof.right, proof.wrong, proof.unknown) == (2, 2, 0, 0)
    assert proof.service == SERVICE
    [image] = proof.images
    assert image["digest"] == str(scene.image(1).digest)
    assert image["tasks"] == 2
    assert {task["verdict"] for task in proof.tasks} == {"right"}
    assert proof.require_verified().to_dict() == proof.to_dict()
    assert json.loads(proof.to_json()) == proof.to_dict()
    assert repr(proof) == 'Proof("verified")'
    assert str(proof).startswith("VERIFIED")
    assert proof.reason in proof.to_markdown()


def test_what_is_meant_is_a_document_or_images_or_what_the_service_pins() -> None:
    scene = MemoryScene()
    image = scene.image(1)
    digest = {"images": {"app": {"digest": str(image.digest)}}}
    for meant in [None, scene.rendered(1), {"app": image}, digest]:
        assert ad.verify_running(SERVICE, meant, control=scene.control).is_verified
    other = ad.verify_running(SERVICE, {"app": scene.image(2)}, control=scene.control)
    assert (other.verdict, other.right, other.wrong) == ("wrong", 0, 2)
    with pytest.raises(ad.errors.ProofFailedError) as caught:
        other.require_verified()
    assert caught.value.details["proof"] == other.to_dict()


def test_two_digests_under_one_mutable_tag_are_reported_as_mixed() -> None:
    scene = race(3)
    proof = ad.verify_running("previews/raced", control=scene.control)
    assert proof.verdict == "mixed"
    assert sorted(image["tasks"] for image in proof.images) == [1, 2]
    assert len({image["digest"] for image in proof.images}) == 2
    for image in proof.images:
        assert image["digest"] in str(proof)


def test_the_one_wrong_task_among_200_is_found() -> None:
    scene = race(200)
    meant = {"app": scene.image(1)}
    scene.control.reset_calls()
    proof = ad.verify_running("previews/raced", meant, control=scene.control)
    assert (proof.verdict, proof.running) == ("mixed", 200)
    assert (proof.right, proof.wrong) == (199, 1)
    [wrong] = [task for task in proof.tasks if task["verdict"] != "right"]
    assert wrong["containers"][0]["digest"] == str(scene.image(2).digest)
    name = wrong["taskArn"].rsplit("/")[-1]
    assert name in str(proof)
    assert name in proof.to_markdown()
    assert scene.asked("describe-tasks") == 2


def test_a_digest_that_is_not_known_never_passes() -> None:
    container = {"name": "app", "image": "x", "lastStatus": "RUNNING"}
    task = {
        "taskArn": "arn:aws:ecs:eu-central-1:123456789012:task/previews/1",
        "taskDefinitionArn": "arn:aws:ecs:eu-central-1:123456789012:task-definition/app:1",
        "lastStatus": "RUNNING",
        "desiredStatus": "RUNNING",
        "containers": [container],
    }
    meant = {"images": {"app": {"digest": "sha256:" + "1" * 64}}}
    proof = judge_tasks({"tasks": [task], "meant": meant})
    assert (proof.verdict, proof.unknown, proof.is_verified) == ("unknown", 1, False)


def test_a_service_that_wants_no_task_proves_nothing() -> None:
    scene = MemoryScene(desiredCount=0)
    proof = ad.verify_running(SERVICE, control=scene.control)
    assert (proof.verdict, proof.is_verified) == ("empty", False)


def test_an_index_is_right_where_tasks_run_one_of_its_images() -> None:
    scene = MemoryScene({"platformDigests": True})
    tag = version(2).tag
    platforms = ["linux/amd64", "linux/arm64"]
    index = scene.registry.push(REPOSITORY, [tag], platforms=platforms, labels=labels(2))
    image = ad.resolve_image(REPOSITORY, tag=tag, registry=scene.registry)
    rendered = ad.render_task_definition(tagged("x"), image=image)
    record = ad.deploy(SERVICE, rendered, **scene.where())
    assert record.proof.is_verified
    assert record.proof.images[0]["digest"] != index
    assert record.images[0]["digest"] == index


def test_a_service_that_is_not_there_cannot_be_proven() -> None:
    scene = MemoryScene()
    with pytest.raises(ad.errors.ServiceNotFoundError):
        ad.verify_running("previews/none", control=scene.control)


def test_an_audit_tells_of_every_service_and_finds_the_one_that_is_mixed() -> None:
    scene = race(3)
    seen: list[dict[str, Any]] = []
    summary = ad.audit_services(seen.append, cluster="previews", control=scene.control)
    verdicts = {one["service"]: one["verdict"] for one in seen}
    assert verdicts == {SERVICE: "verified", "previews/raced": "mixed"}
    assert (summary["services"], summary["tasks"], summary["unsound"]) == (2, 5, 1)

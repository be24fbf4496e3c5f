"""What a rollout tells while it runs, and what it says when it is broken off."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from pathlib import Path

import artifact_deploy as ad
import pytest
from scene import BREAKER, SERVICE, MemoryScene, story, valid, version
from signals import interrupt

HERE = Path(__file__).parent


def test_events_come_in_order_in_this_thread_and_say_what_happened() -> None:
    scene = MemoryScene()
    record = scene.deploy(2)
    assert story(scene.events) == ["registered", "updated", "progress", "proved", "finished"]
    first, updated, *_, finished = scene.events
    assert first.to_dict()["reused"] is False
    assert updated.to_dict()["deploymentId"] == record.deployment_id
    assert updated.to_dict()["replaced"][0]["version"]["id"] == str(version(1))
    assert finished.to_dict()["outcome"] == "completed"
    times = [event.at for event in scene.events]
    assert times == sorted(times)
    for event in scene.events:
        assert json.loads(json.dumps(event.to_dict()))["event"] == event.name
        assert "\n" not in str(event)
        assert repr(event) == f'DeploymentEvent("{event.name}")'


def test_tasks_that_fail_and_a_rollback_are_told_while_they_happen() -> None:
    scene = MemoryScene({"faster": 50}, **BREAKER)
    scene.behave(2, "crash-loop", exitCode=9)
    record = scene.deploy(2)
    names = [event.name for event in scene.events]
    assert names.index("task-failed") < names.index("rolling-back") < names.index("finished")
    told = [event.to_dict() for event in scene.events if event.name == "task-failed"]
    assert {failure["exitCode"] for failure in told} == {9}
    # Those that failed alike are one in the record.
    [failure] = record.failures
    assert failure["count"] >= 3


def test_a_deployment_is_an_asynchronous_iterator_of_its_events() -> None:
    scene = MemoryScene()

    async def main() -> None:
        here = scene.where()
        del here["on_event"]
        events = ad.deploy_events(SERVICE, scene.rendered(2), **here)
        told = [event async for event in events]
        assert story(told) == ["registered", "updated", "progress", "proved", "finished"]
        record = await events.record()
        assert record.outcome == "completed"
        valid(record)
        with pytest.raises(TypeError, match="on_event"):
            ad.deploy_events(SERVICE, scene.rendered(2), **scene.where())

    asyncio.run(main())


def test_the_loop_over_events_never_ends_well_when_the_deployment_does_not() -> None:
    scene = MemoryScene(**BREAKER)
    scene.behave(2, "crash-loop")

    async def main() -> None:
        here = scene.where()
        del here["on_event"]
        events = ad.deploy_events(SERVICE, scene.rendered(2), **here)
        told: list[str] = []

        async def listen() -> None:
            async for event in events:
                told.append(event.name)

        with pytest.raises(ad.errors.DeploymentRolledBackError):
            await listen()
        assert told[-1] == "finished"
        with pytest.raises(ad.errors.DeploymentRolledBackError):
            await events.record()

    asyncio.run(main())


def test_leaving_the_iterator_early_ends_the_call_and_not_the_deployment() -> None:
    scene = MemoryScene()

    async def main() -> None:
        here = scene.where()
        del here["on_event"]
        events = ad.deploy_events(SERVICE, scene.rendered(2), **here)
        async for event in events:
            if event.name == "updated":
                break
        with pytest.raises(asyncio.CancelledError):
            await events.record()

    asyncio.run(main())
    time.sleep(0.2)
    proof = ad.verify_running(SERVICE, scene.rendered(2), control=scene.control)
    assert proof.is_verified


def test_the_loop_goes_on_while_a_deployment_runs() -> None:
    scene = MemoryScene({"faster": 100})
    turns = 0

    async def tick() -> None:
        nonlocal turns
        while True:
            await asyncio.sleep(0.005)
            turns += 1

    async def main() -> ad.EvidenceRecord:
        ticking = asyncio.create_task(tick())
        record = await ad.deploy_async(SERVICE, scene.rendered(2), **scene.where())
        ticking.cancel()
        return record

    assert asyncio.run(main()).outcome == "completed"
    assert turns > 10


def test_cancelling_the_task_says_in_a_note_what_was_left() -> None:
    scene = MemoryScene()
    scene.behave(2, "crash-loop")

    async def main() -> None:
        updated = asyncio.Event()

        def listen(event: ad.DeploymentEvent) -> None:
            scene.events.append(event)
            if event.name == "updated":
                updated.set()

        deploying = ad.deploy_async(SERVICE, scene.rendered(2), **scene.where(on_event=listen))
        task = asyncio.create_task(deploying)
        await updated.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError) as caught:
            await task
        [note] = caught.value.__notes__
        assert "was told to run app:2 and goes on by itself" in note
        asked = scene.asked("describe-services")
        await asyncio.sleep(0.2)
        assert scene.asked("describe-services") == asked

    asyncio.run(main())
    last = scene.events[-1].to_dict()
    assert last["event"] == "cancelled"
    assert last["left"]["state"] == "updating"
    assert last["left"]["taskDefinition"].endswith("app:2")


def test_cancelled_before_it_changed_anything_it_says_so() -> None:
    scene = MemoryScene()
    scene.control.inject({"operation": "describe-services", "fault": "hang"})

    async def main() -> None:
        deploying = ad.deploy_async(SERVICE, scene.rendered(2), **scene.where())
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.2):
                await deploying

    asyncio.run(main())
    assert scene.events[-1].to_dict()["left"] == {"state": "unchanged"}
    assert scene.asked("register-task-definition") == 0


def test_what_a_callback_raises_ends_the_call_and_is_raised_with_the_note() -> None:
    scene = MemoryScene()

    def listen(event: ad.DeploymentEvent) -> None:
        scene.events.append(event)
        if event.name == "updated":
            raise LookupError("enough")

    with pytest.raises(LookupError, match="enough") as caught:
        ad.deploy(SERVICE, scene.rendered(2), **scene.where(on_event=listen))
    assert "goes on by itself" in caught.value.__notes__[0]
    assert scene.events[-1].name == "cancelled"


@pytest.mark.parametrize("how", ["plain", "asyncio"])
def test_ctrl_c_ends_the_call_and_says_what_was_left(how: str) -> None:
    took, told, said = interrupt([sys.executable, str(HERE / "interrupted.py"), how])
    assert took < 1.5
    assert "KeyboardInterrupt" in said
    assert "the service was told to run app:2 and goes on by itself" in said
    assert json.loads(told.splitlines()[-1])["left"]["state"] == "updating"


def test_a_process_that_ends_while_a_deployment_runs_is_no_crash() -> None:
    command = [sys.executable, str(HERE / "interrupted.py"), "daemon"]
    done = subprocess.run(command, check=False, timeout=30, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")

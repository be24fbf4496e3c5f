"""Deployments through the true SDK clients: requests that go wrong, calls that are broken off."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import artifact_deploy as ad
import pytest
from scene import SERVICE, valid
from signals import interrupt
from wire_scene import WireScene, wire_scene

HERE = Path(__file__).parent
READS = [
    "DescribeServices",
    "ListTaskDefinitions",
    "DescribeTaskDefinition",
    "ListServiceDeployments",
    "DescribeServiceDeployments",
    "DescribeServiceRevisions",
    "ListTasks",
    "DescribeTasks",
]
WRITES = ["RegisterTaskDefinition", "UpdateService"]
FAULTS: dict[str, dict[str, Any]] = {
    "throttled": {"do": "throttle"},
    "a server error of ECS": {"do": "error", "code": "ServerException", "status": 500},
    "503 without a word": {"do": "status", "status": 503},
}


@pytest.fixture
def scene() -> Iterator[WireScene]:
    with wire_scene() as made:
        yield made


@pytest.mark.parametrize("fault", ["throttled", "503 without a word"])
@pytest.mark.parametrize("operation", READS)
def test_a_read_that_fails_for_a_while_is_made_again(
    scene: WireScene, operation: str, fault: str
) -> None:
    # More often than the SDK itself tries.
    scene.simulator.control("fault", {"operation": operation, "times": 4, **FAULTS[fault]})
    record = scene.deploy(2)
    assert record.outcome == "completed", record.reason
    assert record.proof.is_verified
    assert scene.in_place() == "app:2"
    assert scene.made() == (1, 1)


@pytest.mark.parametrize("operation", WRITES)
def test_a_write_that_is_throttled_is_made_again(scene: WireScene, operation: str) -> None:
    scene.simulator.fault(operation, "throttle", times=4)
    record = scene.deploy(2)
    assert record.outcome == "completed", record.reason
    assert scene.asked(operation) == 5
    assert scene.made() == (1, 1)


@pytest.mark.parametrize(
    ("operation", "fault"),
    [
        # It takes a while until a revision that is not listed counts as not registered.
        ("RegisterTaskDefinition", "503 without a word"),
        ("UpdateService", "a server error of ECS"),
        ("UpdateService", "503 without a word"),
    ],
)
def test_a_write_that_fails_at_the_server_is_read_back_before_it_is_made_again(
    scene: WireScene, operation: str, fault: str
) -> None:
    scene.simulator.control("fault", {"operation": operation, "times": 1, **FAULTS[fault]})
    record = scene.deploy(2)
    assert record.outcome == "completed", record.reason
    asked = [one["operation"] for one in scene.simulator.requests()]
    first, second = [at for at, one in enumerate(asked) if one == operation]
    assert second - first > 1, "nothing was read in between"
    assert scene.made() == (1, 1)


def test_every_read_fails_now_and_then_in_one_deployment(scene: WireScene) -> None:
    for number, operation in enumerate(READS):
        fault = list(FAULTS.values())[number % len(FAULTS)]
        scene.simulator.control("fault", {"operation": operation, "times": 1, **fault})
        scene.simulator.control("fault", {"operation": operation, "times": 1, "after": 2, **fault})
    record = scene.deploy(2)
    assert record.outcome == "completed", record.reason
    assert scene.made() == (1, 1)


@pytest.mark.parametrize("fault", FAULTS)
def test_what_fails_for_ever_ends_at_the_deadline_with_its_reason(
    scene: WireScene, fault: str
) -> None:
    rendered = scene.rendered(2)
    scene.simulator.control("fault", {"operation": "*", **FAULTS[fault]})
    short = ad.Wait(3, first_delay=0.05, longest_delay=0.2)
    with pytest.raises(ad.errors.ArtifactDeployError) as caught:
        ad.deploy(SERVICE, rendered, **scene.where(deadline=short))
    assert caught.value.code in {"DEADLINE_EXCEEDED", "THROTTLED", "SERVICE_UNAVAILABLE"}
    record = valid(caught.value.details["record"])
    assert record["left"] == {"state": "unchanged"}
    assert scene.made() == (0, 0)


@pytest.mark.parametrize("how", [{}, {"status": 500}], ids=["closed", "500"])
@pytest.mark.parametrize("operation", WRITES)
def test_a_lost_answer_is_read_back_and_nothing_is_made_twice(
    scene: WireScene, operation: str, how: dict[str, int]
) -> None:
    scene.simulator.fault(operation, "lost-answer", times=1, **how)
    record = scene.deploy(2)
    assert record.outcome == "completed", record.reason
    assert scene.asked(operation) == 1
    assert scene.made() == (1, 1)
    assert scene.in_place() == "app:2"


def test_every_first_answer_is_lost_and_nothing_is_made_twice(scene: WireScene) -> None:
    for operation in READS + WRITES:
        scene.simulator.fault(operation, "lost-answer", times=1)
    record = scene.deploy(2)
    assert record.outcome == "completed", record.reason
    assert scene.made() == (1, 1)


@pytest.mark.parametrize("operation", ["DescribeServices", "UpdateService", "DescribeTasks"])
def test_a_call_that_hangs_is_cut_off_and_made_again(scene: WireScene, operation: str) -> None:
    scene.simulator.fault(operation, "stall", times=1)
    record = scene.deploy(2)
    assert record.outcome == "completed", record.reason
    assert scene.made() == (1, 1)


@pytest.mark.parametrize("operation", READS)
def test_a_read_that_lags_behind_misleads_nobody(scene: WireScene, operation: str) -> None:
    scene.simulator.fault(operation, "stale-read", times=3)
    record = scene.deploy(2)
    assert record.outcome == "completed", record.reason
    assert scene.made() == (1, 1)


@pytest.mark.parametrize("operation", ["DescribeServices", "RegisterTaskDefinition"])
def test_what_is_not_allowed_ends_at_once_with_the_record_so_far(
    scene: WireScene, operation: str
) -> None:
    scene.simulator.fault(operation, "access-denied")
    with pytest.raises(ad.errors.AccessDeniedError) as caught:
        ad.deploy(SERVICE, scene.rendered(2), **scene.where())
    assert isinstance(caught.value, ad.errors.RemoteError)
    assert valid(caught.value.details["record"])["left"] == {"state": "unchanged"}
    assert scene.made() == (0, 0)


@pytest.mark.parametrize("how", ["plain", "asyncio"])
def test_ctrl_c_ends_the_call_and_ecs_goes_on_by_itself(scene: WireScene, how: str) -> None:
    scene.behave(2, "crash-loop")
    script = str(HERE / "wire_deployer.py")
    given = json.dumps({"url": scene.simulator.url, "number": 2, "how": how})
    scene.rendered(2)
    took, told, said = interrupt([sys.executable, script, given])
    assert took < 1.5
    assert "KeyboardInterrupt" in said
    assert "the service was told to run app:2 and goes on by itself" in said
    assert json.loads(told.splitlines()[-1])["left"]["state"] == "updating"
    assert scene.in_place() == "app:2"
    assert scene.made() == (1, 1)


def test_cancelling_the_task_ends_the_call_and_says_what_was_left(scene: WireScene) -> None:
    scene.behave(2, "crash-loop")

    async def main() -> None:
        updated = asyncio.Event()

        def listen(event: ad.DeploymentEvent) -> None:
            if event.name == "updated":
                updated.set()

        deploying = ad.deploy_async(SERVICE, scene.rendered(2), **scene.where(on_event=listen))
        task = asyncio.create_task(deploying)
        await updated.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError) as caught:
            await task
        assert "goes on by itself" in caught.value.__notes__[0]
        asked = len(scene.simulator.requests())
        await asyncio.sleep(0.3)
        assert len(scene.simulator.requests()) == asked

    asyncio.run(main())
    assert scene.made() == (1, 1)

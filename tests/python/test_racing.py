"""Two processes deploy an older and a newer version of one service at once, many times over."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import artifact_deploy as ad
import pytest
from scene import SERVICE, valid, version
from support.wire import PACE
from wire_scene import WireScene, wire_scene

DEPLOYER = Path(__file__).parent / "wire_deployer.py"
SCHEDULES = 15
# Until both interpreters have loaded what they need, on a busy machine.
START = 2.5
# Slow enough that they really meet: a deployment takes some tenths of a second.
SLOW = {**PACE, "pulling": 0.1, "starting": 0.05, "checking": 0.05}


def deployer(scene: WireScene, number: int, at: float) -> subprocess.Popen[str]:
    """A process that deploys version `number` at that time."""
    given = json.dumps({"url": scene.simulator.url, "number": number, "at": at})
    command = [sys.executable, str(DEPLOYER), given]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def told(process: subprocess.Popen[str]) -> dict[str, Any]:
    """The record that it printed last."""
    said, _ = process.communicate(timeout=100)
    assert process.returncode == 0, said
    return valid(json.loads(said.splitlines()[-1]))


def faults(scene: WireScene, chance: random.Random) -> None:
    """In some schedules the older one writes after the newer, or an answer gets lost."""
    if chance.random() < 0.5:
        late = chance.randrange(200, 900)
        key = {"key": "AKID2", "milliseconds": late}
        scene.simulator.fault("UpdateService", "slow", times=1, **key)
    if chance.random() < 0.4:
        key = {"key": chance.choice(["AKID2", "AKID3"])}
        scene.simulator.fault("UpdateService", "lost-answer", times=1, **key)


@pytest.mark.parametrize("schedule", range(SCHEDULES))
def test_the_newer_version_is_in_place_at_the_end_and_each_says_truthfully(schedule: int) -> None:
    chance = random.Random(schedule)
    with wire_scene(SLOW) as scene:
        for number in (2, 3):
            scene.image(number)
        faults(scene, chance)
        start = time.time() + START
        older = deployer(scene, 2, start + chance.uniform(0, 0.6))
        newer = deployer(scene, 3, start + chance.uniform(0, 0.9))
        old, new = told(older), told(newer)
        scene.simulator.control("heal")
        scene.simulator.control("settle")

        # The newer one is in place, and it is all that runs.
        assert new["outcome"] == "completed", new["reason"]
        assert scene.in_place() == new["taskDefinition"]["arn"].rsplit("/")[-1]
        proof = ad.verify_running(SERVICE, scene.rendered(3), control=scene.control)
        assert proof.is_verified, str(proof)
        assert new["proof"]["verdict"] == "verified"

        # The older one was there before, or says by whom it was superseded; it never claims more.
        if old["outcome"] == "completed":
            assert old["proof"]["verdict"] == "verified"
            assert old["finishedAt"] <= new["finishedAt"]
            assert str(version(2)) in replaced(new)
        else:
            assert old["outcome"] == "superseded", old["reason"]
            by = old["order"].get("supersededBy") or old["order"]["healed"]
            assert by["version"]["id"] == str(version(3))


def replaced(record: dict[str, Any]) -> set[str]:
    """The versions that it found in place, or took the place of."""
    found = [record.get("previous", {}), *record.get("order", {}).get("replaced", [])]
    return {one["version"]["id"] for one in found if "version" in one}

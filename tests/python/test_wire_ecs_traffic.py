"""What gets the traffic: targets of a load balancer, and what the application answers over HTTP."""

from __future__ import annotations

import http.server
import itertools
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import artifact_deploy as ad
import pytest
from scene import SERVICE, story, valid, version
from support.wire import PACE
from wire_scene import WireScene, wire_scene

GROUP = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/web/73e2d6bc24d8a067"
BALANCED = {
    "loadBalancers": [{"targetGroupArn": GROUP, "containerName": "app", "containerPort": 8080}]
}


@pytest.fixture
def scene() -> Iterator[WireScene]:
    with wire_scene(**BALANCED) as made:
        yield made


@contextmanager
def application(scene: WireScene, numbers: list[int]) -> Iterator[str]:
    """An address behind which the running tasks answer in turn, each with its own version."""
    tags = {str(scene.image(number).digest): version(number).tag for number in numbers}
    turns = itertools.count()

    class Answers(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            tasks = scene.simulator.control("tasks", {"service": SERVICE})
            running = [task for task in tasks if task["lastStatus"] == "RUNNING"]
            task = running[next(turns) % len(running)]
            says = {"imageTag": tags[task["containers"][0]["imageDigest"]]}
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps(says).encode())

        def log_message(self, *_: Any) -> None:
            """Nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/version"
        server.shutdown()


def test_the_targets_of_the_new_tasks_have_to_be_healthy(scene: WireScene) -> None:
    record = scene.deploy(2, targets=scene.targets)
    assert record.outcome == "completed"
    targets = valid(record)["targets"]
    assert (targets["verdict"], targets["tasks"], targets["healthy"]) == ("healthy", 2, 2)
    assert scene.asked("DescribeTargetHealth") >= 1


def test_a_target_that_never_gets_healthy_is_no_success() -> None:
    with wire_scene({**PACE, "failing": 5}, **BALANCED) as scene:
        scene.behave(2, "never-healthy", check="target")
        short = ad.Wait(1, first_delay=0.02, longest_delay=0.1)
        record = scene.deploy(2, targets=scene.targets, deadline=short)
        assert record.outcome == "timed-out"
        assert record.left["state"] == "updating"


def test_the_application_itself_has_to_answer_with_the_new_version(scene: WireScene) -> None:
    with application(scene, [1, 2]) as url:
        record = scene.deploy(2, probe={"url": url, "times": 5})
    assert record.outcome == "completed"
    answers = valid(record)["application"]
    assert (answers["satisfied"], answers["inARow"]) == (True, 5)
    assert "asked" in story(scene.events)


def test_an_application_that_answers_with_the_old_version_is_no_success(scene: WireScene) -> None:
    with application(scene, [1, 2, 3]) as url:
        scene.deploy(2)
        short = ad.Wait(2, first_delay=0.05, longest_delay=0.1)
        probe = {"url": url, "version": str(version(3)), "times": 2}
        record = scene.deploy(2, probe=probe, deadline=short)
        assert record.outcome == "timed-out"
        assert version(2).tag in record.reason
        with pytest.raises(ad.errors.ApplicationMismatchError):
            ad.wait_for_application(probe, deadline=0.5)
        probe["version"] = str(version(2))
        assert ad.wait_for_application(probe, deadline=5)["satisfied"]


def test_an_audit_asks_for_ten_services_and_a_hundred_tasks_at_a_time() -> None:
    with wire_scene() as scene:
        arn = scene.simulator.control("service", {"service": SERVICE})["taskDefinition"]
        for number in range(24):
            service = {"cluster": "previews", "serviceName": f"s{number}", "taskDefinition": arn}
            scene.simulator.control(
                "create-service", {**service, "desiredCount": 10, "steady": True}
            )
        scene.simulator.control("reset")
        seen: list[dict[str, Any]] = []
        summary = ad.audit_services(seen.append, cluster="previews", control=scene.control)
        assert (summary["services"], summary["tasks"], summary["verified"]) == (25, 242, 25)
        assert len(seen) == 25
        assert scene.asked("DescribeServices") == 3
        assert scene.asked("DescribeTasks") == 3

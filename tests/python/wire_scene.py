"""A service behind the wire, reached through the true SDK clients."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import artifact_deploy as ad
import botocore.session
from scene import REPOSITORY, SERVICE, Scene, first_document
from support.wire import WireSimulator

REGION = "eu-central-1"
# Short enough for tests of calls that hang, long enough for a busy machine.
TIMEOUTS = {"connect": 2.0, "read": 2.0, "attempt": 2.0, "operation": 10.0}


class WireScene(Scene):
    """The scene at the endpoint of a simulator. `more` are members of CreateService."""

    def __init__(self, simulator: WireSimulator, more: Mapping[str, Any]) -> None:
        super().__init__()
        self.simulator = simulator
        reach: dict[str, Any] = {
            "region": REGION,
            "endpoint_url": simulator.url,
            "timeouts": TIMEOUTS,
        }
        self.registry = ad.EcrRegistry(**reach)
        self.control = ad.EcsControl(**reach)
        self.targets = ad.LoadBalancerTargets(**reach)
        arn = simulator.control("register", first_document(self.rendered(1)))["arn"]
        service = {"cluster": "previews", "serviceName": "app", "taskDefinition": arn}
        simulator.control("create-service", {**service, "desiredCount": 2, "steady": True, **more})
        simulator.control("reset")

    def push(self, tag: str, says: Mapping[str, str]) -> str:
        """Behind the wire."""
        image = {"repository": REPOSITORY, "tags": [tag], "labels": dict(says)}
        digest: str = self.simulator.control("push", image)["digest"]
        return digest

    def behave(self, number: int, behaviour: str, **more: Any) -> None:
        """Lets tasks of version `number` behave."""
        digest = str(self.image(number).digest)
        rule = {"image": digest, "behaviour": behaviour, **more}
        self.simulator.control("behave", rule)

    def asked(self, operation: str) -> int:
        """How many requests of an operation there were, `UpdateService` for example."""
        return self.simulator.calls().get(operation, 0)

    def made(self) -> tuple[int, int]:
        """How many revisions and service deployments came after the first, as others see it."""
        self.simulator.control("heal")
        ecs = client("ecs", self.simulator.url)
        revisions = ecs.list_task_definitions(familyPrefix="app")["taskDefinitionArns"]
        begun = ecs.list_service_deployments(cluster="previews", service="app")
        return len(revisions) - 1, len(begun["serviceDeployments"]) - 1

    def in_place(self) -> str:
        """The short name of the revision that the service is told to run."""
        service = self.simulator.control("service", {"service": SERVICE})
        name: str = service["taskDefinition"].rsplit("/")[-1]
        return name


def client(service: str, url: str) -> Any:
    """A client that is not ours."""
    return botocore.session.Session().create_client(
        service,
        region_name=REGION,
        endpoint_url=url,
        aws_access_key_id="other",
        aws_secret_access_key="other",
    )


@contextmanager
def wire_scene(pace: Mapping[str, float] | None = None, **more: Any) -> Iterator[WireScene]:
    """A simulator with the scene in it, and the environment that leads there."""
    cluster: dict[str, Any] = {"clusters": ["previews"]}
    if pace is not None:
        cluster["pace"] = pace
    with WireSimulator({"cluster": cluster}) as simulator:
        before = dict(os.environ)
        for name in ("AWS_PROFILE", "AWS_SESSION_TOKEN"):
            os.environ.pop(name, None)
        os.environ.update(simulator.environment())
        try:
            yield WireScene(simulator, more)
        finally:
            os.environ.clear()
            os.environ.update(before)

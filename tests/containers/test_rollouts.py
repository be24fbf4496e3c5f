"""Deployments of real containers: what clients see, and what the library says of it."""

from __future__ import annotations

import itertools
import json
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import artifact_deploy as ad
import pytest
from support.real_ecs import ECR_HOST, REGION, RealEcs

pytestmark = pytest.mark.timeout(240)

FIRST = "pr-51-622d2103-20250820-124500"
SECOND = "pr-51-a91c04ff-20250820-125500"
THIRD = "pr-51-bad0bad0-20250820-130500"
WAIT = ad.Wait(90, first_delay=0.2, longest_delay=0.5)


@dataclass
class Service:
    """A service behind a load balancer that runs the first version."""

    ecs: RealEcs
    address: str
    repository: str
    url: str
    digests: dict[str, str]
    control: ad.EcsControl
    registry: ad.EcrRegistry
    targets: ad.LoadBalancerTargets

    def build(self, tag: str, **how: Any) -> None:
        """Builds and pushes a version; its web server says its tag."""
        self.digests[tag] = self.ecs.build(
            self.repository, tag, json.dumps({"version": tag}), **how
        )

    def rendered(self, tag: str) -> ad.RenderedTaskDefinition:
        """The task definition with the verified image of a version."""
        image = ad.resolve_image(
            f"{ECR_HOST}/{self.repository}",
            tag=tag,
            expected_digest=self.digests[tag],
            registry=self.registry,
        )
        return ad.render_task_definition(template(self.repository), image=image)

    def deploy(self, tag: str, **arguments: Any) -> ad.EvidenceRecord:
        """Deploys a version with patience for a real, but near, endpoint."""
        return ad.deploy(
            self.address,
            self.rendered(tag),
            control=self.control,
            registry=self.registry,
            deadline=WAIT,
            **arguments,
        )

    def verify(self) -> ad.Proof:
        """What runs now."""
        return ad.verify_running(self.address, control=self.control)


def template(family: str) -> dict[str, Any]:
    container = {"name": "app", "image": "set", "portMappings": [{"containerPort": 8080}]}
    return {
        "family": family,
        "networkMode": "awsvpc",
        "cpu": "256",
        "memory": "512",
        "containerDefinitions": [container],
    }


@pytest.fixture
def service(ecs: RealEcs, request: pytest.FixtureRequest) -> Iterator[Service]:
    """Three tasks of the first version, behind a load balancer."""
    name = request.node.name.replace("test_", "").replace("_", "-")[:24].strip("-")
    ecs.client("ecr").create_repository(repositoryName=name)
    options = {"endpoint_url": ecs.url, "region": REGION}
    made = Service(
        ecs,
        f"previews/{name}",
        name,
        f"{ecs.url}/_alb/{name}/version",
        {},
        ad.EcsControl(**options),
        ad.EcrRegistry(**options),
        ad.LoadBalancerTargets(**options),
    )
    made.build(FIRST)
    client = ecs.client("ecs")
    client.create_cluster(clusterName="previews")
    document = made.rendered(FIRST).task_definition.to_dict()
    registered = client.register_task_definition(**document)["taskDefinition"]
    client.create_service(
        cluster="previews",
        serviceName=name,
        taskDefinition=registered["taskDefinitionArn"],
        desiredCount=3,
        loadBalancers=[
            {
                "targetGroupArn": ecs.balance(name),
                "containerName": "app",
                "containerPort": 8080,
            }
        ],
        deploymentConfiguration={"deploymentCircuitBreaker": {"enable": True, "rollback": True}},
    )
    deadline = time.monotonic() + 60
    while not made.verify().is_verified or ask(made.url) != FIRST:
        assert time.monotonic() < deadline, made.verify()
        time.sleep(0.2)
    yield made
    client.delete_service(cluster="previews", service=name, force=True)


@pytest.fixture(autouse=True)
def credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of the emulator."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")


def ask(url: str) -> str:
    """What the application behind the load balancer says, or why it does not."""
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return str(json.load(answer)["version"])
    except (urllib.error.URLError, ConnectionError, TimeoutError) as error:
        return f"no answer: {error}"


class Client(threading.Thread):
    """Asks the load balancer again and again; `heard` has when it asked, and the answer."""

    def __init__(self, url: str) -> None:
        super().__init__(daemon=True)
        self.heard: list[tuple[float, str]] = []
        self._url = url
        self._ended = threading.Event()

    def run(self) -> None:
        """Asks until it is stopped."""
        while not self._ended.is_set():
            asked = time.monotonic()
            self.heard.append((asked, ask(self._url)))
            self._ended.wait(0.02)

    def stop(self) -> None:
        """Ends it, after the request that is under way."""
        self._ended.set()
        self.join()


def test_clients_see_old_then_both_then_only_new_and_the_proof_says_so_only_then(
    service: Service,
) -> None:
    service.build(SECOND)
    rendered = service.rendered(SECOND)
    client = Client(service.url)
    client.start()
    verified: list[float] = []

    def prove() -> None:
        while not verified:
            proof = ad.verify_running(service.address, rendered, control=service.control)
            if proof.is_verified:
                verified.append(time.monotonic())

    prover = threading.Thread(target=prove, daemon=True)
    prover.start()
    record = service.deploy(
        SECOND,
        targets=service.targets,
        probe={"url": service.url, "pointer": "/version", "version": SECOND, "times": 3},
    )
    ended = time.monotonic()
    time.sleep(1.5)
    client.stop()
    prover.join(timeout=30)

    answers = [answer for _, answer in client.heard]
    assert set(answers) <= {FIRST, SECOND}, "no request was refused"
    assert answers[0] == FIRST
    assert answers[-1] == SECOND
    switches = sum(one != two for one, two in itertools.pairwise(answers))
    assert switches >= 1
    after = {answer for asked, answer in client.heard if asked > min(verified[0], ended)}
    assert after == {SECOND}, "an old answer after the proof"
    assert record.is_completed
    assert record.proof is not None
    assert {image["digest"] for image in record.proof.images} == {service.digests[SECOND]}


def test_the_digest_that_a_task_runs_is_the_one_in_the_registry(service: Service) -> None:
    proof = service.verify().require_verified()
    assert [image["digest"] for image in proof.images] == [service.digests[FIRST]]
    assert proof.running == proof.right == 3


def test_a_crash_loop_is_taken_back_and_is_never_success(service: Service) -> None:
    service.build(THIRD, command="exit 3")
    with pytest.raises(ad.errors.DeploymentRolledBackError) as caught:
        service.deploy(THIRD)
    record = caught.value.details["record"]
    assert record["outcome"] == "rolled-back"
    assert any(failure.get("exitCode") == 3 for failure in record["failures"])
    assert ask(service.url) == FIRST


def test_an_image_that_is_deleted_after_the_gate_cannot_be_pulled_and_says_what_to_do(
    service: Service,
) -> None:
    service.build(THIRD)
    rendered = service.rendered(THIRD)
    service.ecs.client("ecr").batch_delete_image(
        repositoryName=service.repository, imageIds=[{"imageDigest": service.digests[THIRD]}]
    )
    record = ad.deploy(
        service.address, rendered, control=service.control, deadline=WAIT, check=False
    )
    assert record.outcome == "rolled-back"
    assert any(
        "pull" in failure["code"] or "image" in failure["code"] for failure in record.failures
    )
    assert all(failure["advice"] for failure in record.failures)
    assert ask(service.url) == FIRST


def test_a_rollback_brings_the_first_version_back(service: Service) -> None:
    service.build(SECOND)
    service.deploy(SECOND)
    record = ad.rollback(
        service.address, control=service.control, registry=service.registry, deadline=WAIT
    )
    assert record.is_completed
    proof = service.verify().require_verified()
    assert [image["digest"] for image in proof.images] == [service.digests[FIRST]]

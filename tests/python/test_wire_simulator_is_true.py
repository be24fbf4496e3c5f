"""The wire simulator agrees with the public service models, so that it stays no fiction."""

from __future__ import annotations

import datetime
import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from typing import Any

import botocore.session
import pytest
from botocore.client import BaseClient
from botocore.config import Config
from botocore.exceptions import ClientError, ConnectionClosedError, HTTPClientError, WaiterError
from model import Watch
from support.wire import PACE, WireSimulator

HOST = "123456789012.dkr.ecr.eu-central-1.amazonaws.com"
GROUP = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/web/73e2d6bc24d8a067"
ABSENT = "sha256:" + "0" * 64
UNTAGGED = {"tagStatus": "untagged", "countType": "imageCountMoreThan", "countNumber": 5}
POLICY = {
    "rules": [{"rulePriority": 1, "selection": UNTAGGED, "action": {"type": "expire"}}],
}
# What is answered; each has a test below.
OPERATIONS = {
    "ecs": {
        "ContinueServiceDeployment",
        "CreateService",
        "DeregisterTaskDefinition",
        "DescribeClusters",
        "DescribeServiceDeployments",
        "DescribeServiceRevisions",
        "DescribeServices",
        "DescribeTaskDefinition",
        "DescribeTasks",
        "ListServiceDeployments",
        "ListServices",
        "ListTaskDefinitions",
        "ListTasks",
        "RegisterTaskDefinition",
        "StopServiceDeployment",
        "StopTask",
        "UpdateService",
    },
    "ecr": {
        "BatchCheckLayerAvailability",
        "BatchGetImage",
        "DescribeImageScanFindings",
        "DescribeImages",
        "DescribeRepositories",
        "GetAuthorizationToken",
        "GetDownloadUrlForLayer",
        "GetLifecyclePolicy",
        "PutImage",
    },
    "elbv2": {"DescribeTargetHealth"},
}


def client(service: str, url: str) -> Any:
    return botocore.session.Session().create_client(
        service,
        region_name="eu-central-1",
        endpoint_url=url,
        aws_access_key_id="test",
        aws_secret_access_key="test",
        config=Config(retries={"total_max_attempts": 1}, connect_timeout=5, read_timeout=2),
    )


def world() -> dict[str, Any]:
    images = [{"tags": [tag], "labels": {"tag": tag}} for tag in ["v1", "v2", "bad"]]
    locked = {"mutability": {"mode": "immutable"}, "images": images}
    scan = {"status": "COMPLETE", "counts": {"HIGH": 1, "LOW": 3}}
    scanned = {"images": [{"tags": ["scanned"], "scan": scan}], "lifecyclePolicy": POLICY}
    repositories = {"my/app": {"images": images}, "my/locked": locked, "my/scanned": scanned}
    return {"registry": {"repositories": repositories}, "cluster": {"clusters": ["main"]}}


@pytest.fixture(scope="module")
def simulator() -> Iterator[WireSimulator]:
    with WireSimulator(world()) as simulator:
        yield simulator


@pytest.fixture(autouse=True)
def sound(simulator: WireSimulator) -> None:
    """Every test begins without faults."""
    simulator.control("heal")


def watched(service: str, simulator: WireSimulator) -> Iterator[Any]:
    """A client, and afterwards the check of every answer it got."""
    one = client(service, simulator.url)
    watch = Watch(one)
    yield one
    assert watch.answers, "nothing was asked"
    assert watch.problems == []


@pytest.fixture
def ecs(simulator: WireSimulator) -> Iterator[Any]:
    yield from watched("ecs", simulator)


@pytest.fixture
def ecr(simulator: WireSimulator) -> Iterator[Any]:
    yield from watched("ecr", simulator)


@pytest.fixture
def elb(simulator: WireSimulator) -> Iterator[Any]:
    yield from watched("elbv2", simulator)


@pytest.fixture
def bare(simulator: WireSimulator) -> Any:
    """A client for what no model has: throttling, broken connections."""
    return client("ecs", simulator.url)


def definition(tag: str, family: str = "web", **more: Any) -> dict[str, Any]:
    container = {"name": "web", "image": f"{HOST}/my/app:{tag}", "essential": True}
    return {
        "family": family,
        "containerDefinitions": [container],
        "networkMode": "awsvpc",
        "requiresCompatibilities": ["FARGATE"],
        "cpu": "256",
        "memory": "512",
        **more,
    }


def register(ecs: Any, tag: str, **more: Any) -> str:
    registered = ecs.register_task_definition(**definition(tag, **more))
    arn: str = registered["taskDefinition"]["taskDefinitionArn"]
    return arn


def create(ecs: Any, name: str, tag: str = "v1", count: int = 2, **more: Any) -> Any:
    return ecs.create_service(
        cluster="main",
        serviceName=name,
        taskDefinition=register(ecs, tag),
        desiredCount=count,
        **more,
    )["service"]


def until(what: Callable[[], Any]) -> Any:
    """What `what` gives, once it gives something."""
    deadline = time.monotonic() + 10
    while not (found := what()):
        assert time.monotonic() < deadline, "it takes too long"
        time.sleep(0.01)
    return found


def deployment(ecs: Any, service: str) -> Any:
    """The service deployment that is the latest."""
    listed = ecs.list_service_deployments(cluster="main", service=service)
    arn = listed["serviceDeployments"][0]["serviceDeploymentArn"]
    [one] = ecs.describe_service_deployments(serviceDeploymentArns=[arn])["serviceDeployments"]
    return one


def ended(ecs: Any, service: str) -> Any:
    """The same at its end."""
    ends = ("SUCCESSFUL", "STOPPED", "ROLLBACK_SUCCESSFUL", "ROLLBACK_FAILED")

    def look() -> Any:
        one = deployment(ecs, service)
        return one if one["status"] in ends else None

    return until(look)


def primary(service: Any) -> Any:
    [one] = [one for one in service["deployments"] if one["status"] == "PRIMARY"]
    return one


def test_a_deployment_is_followed_from_the_update_to_the_digests_of_its_tasks(ecs: Any) -> None:
    create(ecs, "life")
    ended(ecs, "life")
    arn = register(ecs, "v2")
    updated = ecs.update_service(cluster="main", service="life", taskDefinition=arn)["service"]
    assert primary(updated)["taskDefinition"] == arn
    assert len(updated["deployments"]) == 2

    done = ended(ecs, "life")
    assert done["status"] == "SUCCESSFUL"
    target = done["targetServiceRevision"]["arn"]
    found = ecs.describe_service_revisions(serviceRevisionArns=[target, target[:-3] + "000"])
    [revision] = found["serviceRevisions"]
    assert [failure["reason"] for failure in found["failures"]] == ["MISSING"]
    assert revision["taskDefinition"] == arn
    digest = revision["containerImages"][0]["imageDigest"]

    ours = primary(ecs.describe_services(cluster="main", services=["life"])["services"][0])
    assert ours["rolloutState"] == "COMPLETED"
    arns = ecs.list_tasks(cluster="main", serviceName="life")["taskArns"]
    tasks = ecs.describe_tasks(cluster="main", tasks=arns)["tasks"]
    assert len(tasks) == 2
    for task in tasks:
        assert task["startedBy"] == ours["id"]
        assert task["containers"][0]["imageDigest"] == digest
        age = datetime.datetime.now(datetime.UTC) - task["startedAt"]
        assert datetime.timedelta() <= age < datetime.timedelta(minutes=5)


def test_the_stock_waiter_and_the_stock_paginators_work(ecs: Any) -> None:
    service = create(ecs, "stock", count=7)
    waiter = ecs.get_waiter("services_stable")
    waiter.config.delay = 0.05
    waiter.wait(cluster="main", services=["stock"])
    pages = ecs.get_paginator("list_tasks").paginate(
        cluster="main", serviceName="stock", PaginationConfig={"PageSize": 3}
    )
    sizes = [len(page["taskArns"]) for page in pages]
    assert sizes == [3, 3, 1]

    for number in range(11):
        create(ecs, f"many-{number}", count=0)
    pages = list(ecs.get_paginator("list_services").paginate(cluster="main"))
    arns = [arn for page in pages for arn in page["serviceArns"]]
    assert len(pages[0]["serviceArns"]) == 10, "what AWS gives without maxResults"
    assert service["serviceArn"] in arns
    assert len(arns) == len(set(arns))

    register(ecs, "v1", family="paged")
    register(ecs, "v2", family="paged")
    pages = ecs.get_paginator("list_task_definitions").paginate(
        familyPrefix="paged", sort="DESC", PaginationConfig={"PageSize": 1}
    )
    arns = [arn for page in pages for arn in page["taskDefinitionArns"]]
    assert [arn.rsplit(":")[-1] for arn in arns] == ["2", "1"]


def test_a_service_that_is_not_there_fails_the_stock_waiter(ecs: Any) -> None:
    create(ecs, "there", count=0)
    waiter = ecs.get_waiter("services_stable")
    with pytest.raises(WaiterError):
        waiter.wait(cluster="main", services=["absent"])


def test_a_task_definition_keeps_its_tags_beside_it(ecs: Any) -> None:
    tags = [{"key": "artifact-deploy:version", "value": "pr-51/622d2103-20250820-124500"}]
    arn = register(ecs, "v1", family="tagged", tags=tags)
    plain = ecs.describe_task_definition(taskDefinition=arn)
    assert "tags" not in plain
    assert plain["taskDefinition"]["status"] == "ACTIVE"
    assert ecs.describe_task_definition(taskDefinition="tagged", include=["TAGS"])["tags"] == tags
    gone = ecs.deregister_task_definition(taskDefinition="tagged:1")["taskDefinition"]
    assert gone["status"] == "INACTIVE"
    assert ecs.list_task_definitions(familyPrefix="tagged")["taskDefinitionArns"] == []
    inactive = ecs.list_task_definitions(familyPrefix="tagged", status="INACTIVE")
    assert inactive["taskDefinitionArns"] == [arn]
    for name in ["tagged:2", "absent"]:
        with pytest.raises(ecs.exceptions.ClientException):
            ecs.describe_task_definition(taskDefinition=name)


def test_a_document_that_ecs_would_refuse_is_refused(ecs: Any) -> None:
    for wrong in [
        {"family": "no good"},
        {"containerDefinitions": []},
        {"cpu": "300"},
        {"containerDefinitions": [{"name": "web", "image": "a b"}]},
    ]:
        with pytest.raises(ecs.exceptions.ClientException):
            ecs.register_task_definition(**{**definition("v1"), **wrong})


def test_a_crash_loop_is_taken_back_by_the_circuit_breaker(
    ecs: Any, simulator: WireSimulator
) -> None:
    breaker = {"deploymentCircuitBreaker": {"enable": True, "rollback": True}}
    create(ecs, "breaker", deploymentConfiguration=breaker)
    assert ended(ecs, "breaker")["status"] == "SUCCESSFUL"
    simulator.control("behave", {"image": "bad", "behaviour": "crash-loop", "exitCode": 7})
    ecs.update_service(cluster="main", service="breaker", taskDefinition=register(ecs, "bad"))
    done = ended(ecs, "breaker")
    assert done["status"] == "ROLLBACK_SUCCESSFUL"
    assert done["deploymentCircuitBreaker"]["status"] == "TRIGGERED"
    assert done["rollback"]["reason"]
    stopped = ecs.list_tasks(cluster="main", serviceName="breaker", desiredStatus="STOPPED")
    tasks = ecs.describe_tasks(cluster="main", tasks=stopped["taskArns"])["tasks"]
    assert 7 in {container.get("exitCode") for task in tasks for container in task["containers"]}


def test_an_image_that_cannot_be_pulled_is_told_in_the_words_of_ecs(ecs: Any) -> None:
    create(ecs, "pull", tag="no-such-tag", count=1)

    def reasons() -> list[str]:
        listed = ecs.list_tasks(cluster="main", serviceName="pull", desiredStatus="STOPPED")
        arns = listed["taskArns"]
        if not arns:
            return []
        tasks = ecs.describe_tasks(cluster="main", tasks=arns[:100])["tasks"]
        assert {task["stopCode"] for task in tasks} == {"TaskFailedToStart"}
        return [task["stoppedReason"] for task in tasks]

    assert "CannotPullContainerError" in until(reasons)[0]
    pending = ecs.list_tasks(cluster="main", serviceName="pull", desiredStatus="PENDING")
    assert pending["taskArns"] == []


def test_a_deployment_can_be_stopped(ecs: Any, simulator: WireSimulator) -> None:
    create(ecs, "stopped")
    ended(ecs, "stopped")
    # It must not end before it is stopped, on a busy machine either.
    simulator.control("pace", {**PACE, "pulling": 2})
    ecs.update_service(cluster="main", service="stopped", forceNewDeployment=True)
    arn = deployment(ecs, "stopped")["serviceDeploymentArn"]
    ecs.stop_service_deployment(serviceDeploymentArn=arn, stopType="ROLLBACK")
    simulator.control("pace", PACE)
    assert ended(ecs, "stopped")["status"] == "ROLLBACK_SUCCESSFUL"
    with pytest.raises(ecs.exceptions.ConflictException):
        ecs.stop_service_deployment(serviceDeploymentArn=arn)


def test_a_pause_is_answered(ecs: Any) -> None:
    pause = {"targetType": "PAUSE", "lifecycleStages": ["POST_SCALE_UP"]}
    strategy = {"strategy": "BLUE_GREEN", "bakeTimeInMinutes": 0, "lifecycleHooks": [pause]}
    create(ecs, "paused")
    ended(ecs, "paused")
    ecs.update_service(
        cluster="main",
        service="paused",
        forceNewDeployment=True,
        deploymentConfiguration=strategy,
    )

    def waiting() -> Any:
        hooks = deployment(ecs, "paused").get("lifecycleHookDetails", [])
        return [hook for hook in hooks if hook["status"] == "AWAITING_ACTION"]

    [hook] = until(waiting)
    arn = deployment(ecs, "paused")["serviceDeploymentArn"]
    ecs.continue_service_deployment(
        serviceDeploymentArn=arn, hookId=hook["hookId"], action="CONTINUE"
    )
    assert ended(ecs, "paused")["status"] == "SUCCESSFUL"
    for ask in [
        lambda: ecs.stop_service_deployment(serviceDeploymentArn=arn + "0"),
        lambda: ecs.continue_service_deployment(serviceDeploymentArn=arn + "0", hookId="x"),
    ]:
        with pytest.raises(ecs.exceptions.ServiceDeploymentNotFoundException):
            ask()


def test_a_task_that_is_stopped_is_replaced(ecs: Any) -> None:
    create(ecs, "replaced", count=1)
    ended(ecs, "replaced")
    [arn] = ecs.list_tasks(cluster="main", serviceName="replaced")["taskArns"]
    stopped = ecs.stop_task(cluster="main", task=arn, reason="a drill")["task"]
    assert stopped["desiredStatus"] == "STOPPED"

    def replaced() -> Any:
        arns = ecs.list_tasks(cluster="main", serviceName="replaced")["taskArns"]
        return [one for one in arns if one != arn]

    [new] = until(replaced)
    by = ecs.describe_tasks(cluster="main", tasks=[new])["tasks"][0]["startedBy"]
    assert new in ecs.list_tasks(cluster="main", startedBy=by)["taskArns"]


def test_what_is_not_there_is_a_failure_or_an_error_as_the_service_has_it(ecs: Any) -> None:
    create(ecs, "known", count=0)
    found = ecs.describe_services(cluster="main", services=["known", "absent"])
    assert [service["serviceName"] for service in found["services"]] == ["known"]
    assert found["failures"][0]["reason"] == "MISSING"
    clusters = ecs.describe_clusters(clusters=["main", "absent"])
    assert [cluster["clusterName"] for cluster in clusters["clusters"]] == ["main"]
    assert len(clusters["failures"]) == 1
    gone = "arn:aws:ecs:eu-central-1:123456789012:task/main/" + "0" * 32
    assert ecs.describe_tasks(cluster="main", tasks=[gone])["tasks"] == []
    for ask in [
        lambda: ecs.describe_services(cluster="absent", services=["known"]),
        lambda: ecs.describe_services(services=["known"]),
        lambda: ecs.list_tasks(cluster="absent"),
        lambda: ecs.update_service(cluster="absent", service="known"),
    ]:
        with pytest.raises(ecs.exceptions.ClusterNotFoundException):
            ask()
    for ask in [
        lambda: ecs.update_service(cluster="main", service="absent"),
        lambda: ecs.list_service_deployments(cluster="main", service="absent"),
        lambda: ecs.list_tasks(cluster="main", serviceName="absent"),
    ]:
        with pytest.raises(ecs.exceptions.ServiceNotFoundException):
            ask()


def test_the_limits_of_each_call_are_kept(ecs: Any) -> None:
    arn = "arn:aws:ecs:eu-central-1:123456789012:"
    for ask in [
        lambda: ecs.describe_services(cluster="main", services=["a"] * 11),
        lambda: ecs.describe_services(cluster="main", services=[]),
        lambda: ecs.describe_tasks(cluster="main", tasks=["a"] * 101),
        lambda: ecs.describe_service_deployments(serviceDeploymentArns=[arn] * 21),
        lambda: ecs.describe_service_revisions(serviceRevisionArns=[arn] * 21),
        lambda: ecs.describe_clusters(clusters=["a"] * 101),
        lambda: ecs.list_services(cluster="main", maxResults=101),
        lambda: ecs.list_services(cluster="main", nextToken="nonsense"),
        lambda: ecs.list_tasks(cluster="main", startedBy="x", serviceName="y"),
    ]:
        with pytest.raises(ecs.exceptions.InvalidParameterException):
            ask()


def test_images_are_found_described_and_tagged(ecr: Any, simulator: WireSimulator) -> None:
    found = ecr.batch_get_image(
        repositoryName="my/app", imageIds=[{"imageTag": "v1"}, {"imageTag": "absent"}]
    )
    [image] = found["images"]
    assert [failure["failureCode"] for failure in found["failures"]] == ["ImageNotFound"]
    put = {"repositoryName": "my/app", "imageManifest": image["imageManifest"]}
    ecr.put_image(imageTag="again", imageDigest=image["imageId"]["imageDigest"], **put)
    asked = {"repositoryName": "my/app", "imageIds": [{"imageTag": "again"}]}
    [detail] = ecr.describe_images(**asked)["imageDetails"]
    assert detail["imageTags"] == ["again", "v1"]
    age = datetime.datetime.now(datetime.UTC) - detail["imagePushedAt"]
    assert datetime.timedelta() <= age < datetime.timedelta(minutes=5)

    pushed = simulator.control(
        "push", {"repository": "my/app", "tags": ["v9"], "labels": {"n": "9"}}
    )
    [new] = ecr.batch_get_image(repositoryName="my/app", imageIds=[{"imageTag": "v9"}])["images"]
    assert new["imageId"]["imageDigest"] == pushed["digest"]


def test_an_image_is_put_only_where_ecr_would_put_it(ecr: Any) -> None:
    def image(tag: str) -> Any:
        found = ecr.batch_get_image(repositoryName="my/locked", imageIds=[{"imageTag": tag}])
        return found["images"][0]["imageManifest"]

    def put(manifest: str, repository: str = "my/locked", **more: Any) -> Callable[[], Any]:
        return lambda: ecr.put_image(repositoryName=repository, imageManifest=manifest, **more)

    layer = {"mediaType": "application/x", "digest": ABSENT, "size": 1}
    torn = json.dumps({"schemaVersion": 2, "config": layer, "layers": [layer]})
    index = json.dumps({"schemaVersion": 2, "manifests": [layer]})
    errors = ecr.exceptions
    for error, ask in [
        (errors.ImageTagAlreadyExistsException, put(image("v2"), imageTag="v1")),
        # Known from those who re-run a build: the same image is refused, too.
        (errors.ImageTagAlreadyExistsException, put(image("v1"), imageTag="v1")),
        (errors.ImageAlreadyExistsException, put(image("v1"), "my/app", imageTag="v1")),
        (errors.ImageDigestDoesNotMatchException, put(image("v1"), imageDigest=ABSENT)),
        (errors.LayersNotFoundException, put(torn, imageTag="torn")),
        (errors.ReferencedImagesNotFoundException, put(index, imageTag="index")),
        (errors.RepositoryNotFoundException, put(image("v1"), "absent")),
        (errors.InvalidParameterException, put("no manifest")),
    ]:
        with pytest.raises(error):
            ask()


def test_layers_can_be_looked_for_and_downloaded(ecr: Any) -> None:
    found = ecr.batch_get_image(repositoryName="my/app", imageIds=[{"imageTag": "v1"}])
    layer = json.loads(found["images"][0]["imageManifest"])["layers"][0]["digest"]
    states = ecr.batch_check_layer_availability(
        repositoryName="my/app", layerDigests=[layer, ABSENT]
    )
    assert [one["layerAvailability"] for one in states["layers"]] == ["AVAILABLE"]
    assert len(states["failures"]) == 1
    url = ecr.get_download_url_for_layer(repositoryName="my/app", layerDigest=layer)["downloadUrl"]
    with urllib.request.urlopen(url, timeout=5) as answer:
        assert answer.read()
    with pytest.raises(ecr.exceptions.LayersNotFoundException):
        ecr.get_download_url_for_layer(repositoryName="my/app", layerDigest=ABSENT)


def test_repositories_and_tokens_are_told(ecr: Any) -> None:
    modes = {
        repository["repositoryName"]: repository["imageTagMutability"]
        for repository in ecr.describe_repositories()["repositories"]
    }
    assert modes == {"my/app": "MUTABLE", "my/locked": "IMMUTABLE", "my/scanned": "MUTABLE"}
    assert ecr.get_authorization_token()["authorizationData"]


def test_scans_and_lifecycle_policies_are_told_or_absent(ecr: Any) -> None:
    image = {"imageTag": "scanned"}
    found = ecr.describe_image_scan_findings(repositoryName="my/scanned", imageId=image)
    assert found["imageScanStatus"]["status"] == "COMPLETE"
    assert found["imageScanFindings"]["findingSeverityCounts"] == {"HIGH": 1, "LOW": 3}
    text = ecr.get_lifecycle_policy(repositoryName="my/scanned")["lifecyclePolicyText"]
    assert json.loads(text) == POLICY
    with pytest.raises(ecr.exceptions.ScanNotFoundException):
        ecr.describe_image_scan_findings(repositoryName="my/app", imageId={"imageTag": "v1"})
    with pytest.raises(ecr.exceptions.LifecyclePolicyNotFoundException):
        ecr.get_lifecycle_policy(repositoryName="my/app")


def test_targets_are_told_with_their_health(ecs: Any, elb: Any) -> None:
    balancer = {"targetGroupArn": GROUP, "containerName": "web", "containerPort": 8080}
    create(ecs, "balanced", loadBalancers=[balancer])

    def healthy() -> bool:
        targets = elb.describe_target_health(TargetGroupArn=GROUP)["TargetHealthDescriptions"]
        states = [target["TargetHealth"]["State"] for target in targets]
        return states == ["healthy", "healthy"]

    until(healthy)
    targets = elb.describe_target_health(TargetGroupArn=GROUP)["TargetHealthDescriptions"]
    arns = ecs.list_tasks(cluster="main", serviceName="balanced")["taskArns"]
    tasks = ecs.describe_tasks(cluster="main", tasks=arns)["tasks"]
    addresses = {
        detail["value"]
        for task in tasks
        for attachment in task["attachments"]
        for detail in attachment["details"]
        if detail["name"] == "privateIPv4Address"
    }
    assert {target["Target"]["Id"] for target in targets} == addresses
    with pytest.raises(elb.exceptions.TargetGroupNotFoundException):
        elb.describe_target_health(TargetGroupArn=GROUP[:-1] + "8")


@pytest.mark.parametrize(
    ("act", "code", "status"),
    [
        ({"do": "throttle"}, "ThrottlingException", 400),
        ({"do": "error", "code": "ServerException", "status": 500}, "ServerException", 500),
        ({"do": "error", "code": "AccessDeniedException"}, "AccessDeniedException", 400),
        ({"do": "status", "status": 503}, "503", 503),
    ],
)
def test_faults_are_read_with_their_code(
    bare: Any, simulator: WireSimulator, act: dict[str, Any], code: str, status: int
) -> None:
    simulator.control("fault", {"operation": "ListServices", "times": 1, **act})
    with pytest.raises(ClientError) as caught:
        bare.list_services(cluster="main")
    answer = caught.value.response
    assert answer["Error"]["Code"] == code
    assert answer["ResponseMetadata"]["HTTPStatusCode"] == status
    bare.list_services(cluster="main")


@pytest.mark.parametrize("do", ["stall", "stall-in-body", "reset", "lost-answer"])
def test_connections_fail_in_every_way(bare: Any, simulator: WireSimulator, do: str) -> None:
    simulator.fault("ListServices", do, after=1, times=1)
    bare.list_services(cluster="main")
    with pytest.raises(HTTPClientError):
        bare.list_services(cluster="main")
    bare.list_services(cluster="main")


def test_half_an_answer_is_no_answer(bare: Any, simulator: WireSimulator) -> None:
    simulator.fault("ListServices", "cut", times=1)
    # botocore overlooks that the rest is missing, and finds no JSON in it.
    assert "serviceArns" not in bare.list_services(cluster="main")
    assert "serviceArns" in bare.list_services(cluster="main")


def test_a_lost_answer_is_that_of_something_done(bare: Any, simulator: WireSimulator) -> None:
    simulator.fault("RegisterTaskDefinition", "lost-answer", times=1)
    with pytest.raises(ConnectionClosedError):
        register(bare, "v1", family="lost")
    simulator.fault("RegisterTaskDefinition", "lost-answer", times=1, status=500)
    with pytest.raises(ClientError) as caught:
        register(bare, "v1", family="lost")
    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 500
    listed = bare.list_task_definitions(familyPrefix="lost")["taskDefinitionArns"]
    assert [arn.rsplit(":")[-1] for arn in listed] == ["1", "2"]


def test_a_stale_read_shows_what_was_before(ecs: Any, simulator: WireSimulator) -> None:
    before = primary(create(ecs, "stale"))["id"]
    ended(ecs, "stale")
    ecs.update_service(cluster="main", service="stale", forceNewDeployment=True)
    simulator.fault("DescribeServices", "stale-read", times=1)

    def look() -> Any:
        [service] = ecs.describe_services(cluster="main", services=["stale"])["services"]
        return primary(service)["id"]

    assert look() == before
    assert look() != before


def test_what_nobody_knows_is_refused(simulator: WireSimulator) -> None:
    def ask(target: str, body: bytes, signed: bool = True) -> tuple[int, str]:
        scope = "AWS4-HMAC-SHA256 Credential=test/20250820/eu-central-1/ecs/aws4_request"
        headers = {"x-amz-target": f"AmazonEC2ContainerServiceV20141113.{target}"}
        if signed:
            headers["authorization"] = scope
        request = urllib.request.Request(simulator.url, body, headers, method="POST")
        with pytest.raises(urllib.error.HTTPError) as caught:
            urllib.request.urlopen(request, timeout=5)
        return caught.value.code, json.load(caught.value)["__type"]

    unknown = b'{"services": ["a"], "sevrices": []}'
    assert ask("DescribeServices", unknown) == (400, "SerializationException")
    assert ask("DescribeServices", b'{"services": "a"}') == (400, "SerializationException")
    assert ask("DescribeServices", b"{") == (400, "SerializationException")
    assert ask("DescribeServices", b"{}") == (400, "InvalidParameterException")
    assert ask("DescribeService", b"{}") == (400, "UnknownOperationException")
    refused = (403, "MissingAuthenticationTokenException")
    assert ask("DescribeServices", b"{}", signed=False) == refused


def test_requests_are_counted_and_logged_with_their_times(
    ecs: Any, simulator: WireSimulator
) -> None:
    before = time.time()
    simulator.control("reset")
    create(ecs, "logged", count=0)
    assert simulator.calls() == {"RegisterTaskDefinition": 1, "CreateService": 1}
    registration, creation = simulator.requests()
    assert creation["input"]["serviceName"] == "logged"
    assert (registration["key"], registration["region"]) == ("test", "eu-central-1")
    assert before <= registration["at"] <= creation["at"] <= time.time()


@pytest.mark.parametrize("service", OPERATIONS)
def test_every_operation_that_it_answers_is_checked_here(
    simulator: WireSimulator, service: str
) -> None:
    one: BaseClient = client(service, simulator.url)
    model = one.meta.service_model
    scope = f"AWS4-HMAC-SHA256 Credential=t/20250820/eu-central-1/{model.signing_name}/aws4_request"
    answered = set()
    for operation in model.operation_names:
        headers = {"authorization": scope}
        body = f"Action={operation}&Version=2015-12-01".encode()
        if model.metadata["protocol"] == "json":
            headers["x-amz-target"] = f"{model.metadata['targetPrefix']}.{operation}"
            body = b"{}"
        request = urllib.request.Request(simulator.url, body, headers, method="POST")
        try:
            urllib.request.urlopen(request, timeout=5).close()
        except urllib.error.HTTPError as error:
            text = error.read()
            if b"UnknownOperationException" in text or b"InvalidAction" in text:
                continue
        answered.add(operation)
    assert answered == OPERATIONS[service]

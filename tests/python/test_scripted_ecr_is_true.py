"""The scripted ECR agrees with the public service model, so that it cannot drift into fiction."""

from __future__ import annotations

import base64
import datetime
import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any

import botocore.session
import pytest
from botocore.client import BaseClient
from botocore.config import Config
from botocore.exceptions import ClientError
from model import Watch, problems
from support.ecr import ScriptedEcr

ACCOUNT = "123456789012"
MODES = ["MUTABLE", "IMMUTABLE", "IMMUTABLE_WITH_EXCLUSION", "MUTABLE_WITH_EXCLUSION"]
ABSENT = "sha256:" + "0" * 64
UNTAGGED = {"tagStatus": "untagged", "countType": "imageCountMoreThan", "countNumber": 5}
POLICY = {
    "rules": [{"rulePriority": 1, "selection": UNTAGGED, "action": {"type": "expire"}}],
}
# What the library calls; each has a test below.
OPERATIONS = {
    "BatchCheckLayerAvailability",
    "BatchGetImage",
    "DescribeImageScanFindings",
    "DescribeImages",
    "DescribeRepositories",
    "GetAuthorizationToken",
    "GetLifecyclePolicy",
}


def session_client(url: str) -> BaseClient:
    return botocore.session.Session().create_client(
        "ecr",
        region_name="eu-central-1",
        endpoint_url=url,
        aws_access_key_id="test",
        aws_secret_access_key="test",
        config=Config(retries={"total_max_attempts": 1}, connect_timeout=5, read_timeout=5),
    )


FAILURES = (
    session_client("http://127.0.0.1:1").meta.service_model.shape_for("ImageFailureCode").enum
)


def script() -> dict[str, Any]:
    index = [{"platform": "linux/amd64"}, {"platform": "linux/arm64"}]
    images: list[dict[str, Any]] = [
        {"tags": ["v1", "latest"], "labels": {"a": "b"}},
        {"tags": ["multi"], "index": index, "attested": True},
        {"tags": ["archived"], "status": "ARCHIVED"},
        {"tags": ["activating"], "status": "ACTIVATING"},
        {"tags": ["torn"], "labels": {"n": "1"}, "blobs": {"config": "missing"}},
        {"tags": ["cold"], "labels": {"n": "2"}, "blobs": {"config": "archived"}},
    ]
    images += [{"tags": [code], "labels": {"n": code}, "failureCode": code} for code in FAILURES]
    repositories = {mode.lower(): {"mutability": mode} for mode in MODES}
    for mode in MODES[2:]:
        repositories[mode.lower()]["filters"] = ["dev-*"]
    counts = {"findingSeverityCounts": {"HIGH": 1, "LOW": 3}}
    scan = [{"status": "IN_PROGRESS"}, {"status": "COMPLETE", "findings": counts}]
    scanned = {"images": [{"tags": ["scanned"], "scan": scan}], "lifecyclePolicy": POLICY}
    return {"repositories": {"my/app": {"images": images}, "my/scanned": scanned, **repositories}}


@pytest.fixture(scope="module")
def server() -> Iterator[ScriptedEcr]:
    with ScriptedEcr(script()) as server:
        yield server


@pytest.fixture
def ecr(server: ScriptedEcr) -> Iterator[Any]:
    """A client, and afterwards the check of every answer it got."""
    client = session_client(server.url)
    watch = Watch(client)
    yield client
    assert watch.answers, "nothing was asked"
    assert watch.problems == []


def manifest(ecr: Any, tag: str) -> Any:
    found = ecr.batch_get_image(repositoryName="my/app", imageIds=[{"imageTag": tag}])
    return json.loads(found["images"][0]["imageManifest"])


def test_images_are_found_by_tag_by_digest_and_by_both(ecr: Any) -> None:
    tagged = ecr.batch_get_image(repositoryName="my/app", imageIds=[{"imageTag": "multi"}])
    [image] = tagged["images"]
    assert tagged["failures"] == []
    both = image["imageId"]
    assert set(both) == {"imageTag", "imageDigest"}
    for asked in [{"imageDigest": both["imageDigest"]}, both]:
        [same] = ecr.batch_get_image(repositoryName="my/app", imageIds=[asked])["images"]
        assert same["imageId"] == asked
        assert same["imageManifest"] == image["imageManifest"]


def test_what_is_not_found_is_a_failure_and_no_error(ecr: Any) -> None:
    [image] = ecr.batch_get_image(repositoryName="my/app", imageIds=[{"imageTag": "v1"}])["images"]
    asked = [
        {"imageTag": "v1"},
        {"imageTag": "absent"},
        {"imageDigest": ABSENT},
        {"imageTag": "archived"},
        {"imageTag": "multi", "imageDigest": image["imageId"]["imageDigest"]},
    ]
    answer = ecr.batch_get_image(repositoryName="my/app", imageIds=asked)
    assert [image["imageId"]["imageTag"] for image in answer["images"]] == ["v1"]
    codes = ["ImageNotFound"] * 3 + ["ImageTagDoesNotMatchDigest"]
    assert [failure["failureCode"] for failure in answer["failures"]] == codes
    assert [failure["imageId"] for failure in answer["failures"]] == asked[1:]


@pytest.mark.parametrize("code", FAILURES)
def test_every_failure_of_the_model_can_be_scripted(ecr: Any, code: str) -> None:
    answer = ecr.batch_get_image(repositoryName="my/app", imageIds=[{"imageTag": code}])
    assert [failure["failureCode"] for failure in answer["failures"]] == [code]


def test_images_are_described_with_their_state_on_request_alone(ecr: Any) -> None:
    everything = {"filter": {"imageStatus": "ANY"}}
    for tag, state in [("v1", "ACTIVE"), ("archived", "ARCHIVED"), ("activating", "ACTIVATING")]:
        asked = {"repositoryName": "my/app", "imageIds": [{"imageTag": tag}]}
        [detail] = ecr.describe_images(**asked, **everything)["imageDetails"]
        assert detail["imageStatus"] == state
        assert tag in detail["imageTags"]
        assert isinstance(detail["imagePushedAt"], datetime.datetime)
        if state != "ACTIVE":
            with pytest.raises(ecr.exceptions.ImageNotFoundException):
                ecr.describe_images(**asked)


def test_untagged_images_are_described_without_a_list_of_tags(ecr: Any) -> None:
    child = manifest(ecr, "multi")["manifests"][0]["digest"]
    answer = ecr.describe_images(repositoryName="my/app", imageIds=[{"imageDigest": child}])
    [detail] = answer["imageDetails"]
    assert detail["imageDigest"] == child
    assert "imageTags" not in detail


def test_one_missing_image_fails_a_description_as_a_whole(ecr: Any) -> None:
    asked = [{"imageTag": "v1"}, {"imageTag": "absent"}]
    with pytest.raises(ecr.exceptions.ImageNotFoundException):
        ecr.describe_images(repositoryName="my/app", imageIds=asked)


@pytest.mark.parametrize("mode", MODES)
def test_repositories_tell_their_mutability(ecr: Any, mode: str) -> None:
    answer = ecr.describe_repositories(repositoryNames=[mode.lower()])
    [repository] = answer["repositories"]
    assert repository["imageTagMutability"] == mode
    filters = repository.get("imageTagMutabilityExclusionFilters")
    assert (filters is not None) == mode.endswith("EXCLUSION")


def test_layers_are_available_unavailable_archived_or_missing(ecr: Any) -> None:
    expected = {
        manifest(ecr, "v1")["layers"][0]["digest"]: "AVAILABLE",
        manifest(ecr, "torn")["config"]["digest"]: "UNAVAILABLE",
        manifest(ecr, "cold")["config"]["digest"]: "ARCHIVED",
    }
    answer = ecr.batch_check_layer_availability(
        repositoryName="my/app", layerDigests=[*expected, ABSENT]
    )
    states = {layer["layerDigest"]: layer["layerAvailability"] for layer in answer["layers"]}
    assert states == expected
    assert [failure["layerDigest"] for failure in answer["failures"]] == [ABSENT]


def test_a_scan_goes_on_and_finds_something(ecr: Any) -> None:
    asked = {"repositoryName": "my/scanned", "imageId": {"imageTag": "scanned"}}
    answers = [ecr.describe_image_scan_findings(**asked) for _ in range(2)]
    states = [answer["imageScanStatus"]["status"] for answer in answers]
    assert states == ["IN_PROGRESS", "COMPLETE"]
    counts = answers[1]["imageScanFindings"]["findingSeverityCounts"]
    assert counts == {"HIGH": 1, "LOW": 3}
    with pytest.raises(ecr.exceptions.ScanNotFoundException):
        ecr.describe_image_scan_findings(repositoryName="my/app", imageId={"imageTag": "v1"})


def test_a_lifecycle_policy_is_told_as_text(ecr: Any) -> None:
    text = ecr.get_lifecycle_policy(repositoryName="my/scanned")["lifecyclePolicyText"]
    assert json.loads(text) == POLICY
    with pytest.raises(ecr.exceptions.LifecyclePolicyNotFoundException):
        ecr.get_lifecycle_policy(repositoryName="my/app")


def test_images_are_listed_page_by_page(ecr: Any) -> None:
    pages = list(ecr.get_paginator("describe_images").paginate(repositoryName="my/app"))
    details = [detail for page in pages for detail in page["imageDetails"]]
    tags = [tag for detail in details for tag in detail.get("imageTags", [])]
    assert len(pages) > 1
    assert tags.count("v1") == tags.count("multi") == 1
    assert "archived" not in tags


def test_a_token_is_a_password_for_a_while(ecr: Any, server: ScriptedEcr) -> None:
    [data] = ecr.get_authorization_token()["authorizationData"]
    assert base64.b64decode(data["authorizationToken"]).startswith(b"AWS:")
    remaining = data["expiresAt"] - datetime.datetime.now(datetime.UTC)
    assert datetime.timedelta(hours=11) < remaining < datetime.timedelta(hours=13)
    assert data["proxyEndpoint"] == server.url


def test_an_absent_repository_or_account_is_an_error_of_every_operation(ecr: Any) -> None:
    image = {"imageIds": [{"imageTag": "v1"}]}
    for place in [
        {"repositoryName": "absent"},
        {"repositoryName": "my/app", "registryId": "210987654321"},
    ]:
        names = {**place, "repositoryNames": [place["repositoryName"]]}
        del names["repositoryName"]
        for ask in [
            lambda place=place: ecr.batch_get_image(**place, **image),
            lambda place=place: ecr.describe_images(**place, **image),
            lambda names=names: ecr.describe_repositories(**names),
            lambda place=place: ecr.batch_check_layer_availability(**place, layerDigests=[ABSENT]),
        ]:
            with pytest.raises(ecr.exceptions.RepositoryNotFoundException):
                ask()


def test_more_than_a_hundred_ids_are_an_invalid_parameter(ecr: Any) -> None:
    images = {"imageIds": [{"imageTag": f"v{number}"} for number in range(101)]}
    for ask in [
        lambda: ecr.batch_get_image(repositoryName="my/app", **images),
        lambda: ecr.describe_images(repositoryName="my/app", **images),
        lambda: ecr.batch_check_layer_availability(
            repositoryName="my/app", layerDigests=[ABSENT] * 101
        ),
    ]:
        with pytest.raises(ecr.exceptions.InvalidParameterException):
            ask()


@pytest.mark.parametrize(
    ("code", "status"),
    [("ServerException", 500), ("ThrottlingException", 400), ("AccessDeniedException", 400)],
)
def test_scripted_errors_are_read_with_their_code_and_request(code: str, status: int) -> None:
    fault = {"operation": "*", "do": "error", "code": code, "status": status, "message": "why"}
    with ScriptedEcr({"faults": [fault]}) as server:
        client: Any = session_client(server.url)
        with pytest.raises(ClientError) as caught:
            client.get_authorization_token()
    answer = caught.value.response
    assert answer["Error"] == {"Code": code, "Message": "why"}
    assert answer["ResponseMetadata"]["HTTPStatusCode"] == status
    assert answer["ResponseMetadata"]["RequestId"]


def test_every_operation_that_it_answers_is_checked_here(server: ScriptedEcr) -> None:
    model = session_client(server.url).meta.service_model
    scope = "AWS4-HMAC-SHA256 Credential=test/20250820/eu-central-1/ecr/aws4_request"
    answered = set()
    for operation in model.operation_names:
        target = f"{model.metadata['targetPrefix']}.{operation}"
        headers = {"x-amz-target": target, "authorization": scope}
        request = urllib.request.Request(server.url, b"{}", headers, method="POST")
        try:
            urllib.request.urlopen(request, timeout=5).close()
        except urllib.error.HTTPError as error:
            if json.load(error)["__type"] == "UnknownOperationException":
                continue
        answered.add(operation)
    assert answered == OPERATIONS


def test_the_check_itself_sees_what_is_wrong() -> None:
    model = session_client("http://127.0.0.1:1").meta.service_model
    shape = model.operation_model("DescribeImages").output_shape

    def found(detail: dict[str, Any]) -> list[str]:
        return list(problems({"imageDetails": [detail]}, shape, "answer"))

    assert found({"imageSizeInBytes": 5, "imageStatus": "ACTIVE"}) == []
    for wrong in [
        {"imageSize": 5},
        {"imageSizeInBytes": "5"},
        {"imageSizeInBytes": True},
        {"imageStatus": "ASLEEP"},
        {"imagePushedAt": "2025-08-20"},
        {"registryId": "1234"},
        {"imageTags": "v1"},
    ]:
        assert len(found(wrong)) == 1, wrong
